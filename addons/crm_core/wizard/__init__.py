from . import base_partner_merge, crm_column_change, crm_lead_lost, crm_lead_sleep, crm_process_start, crm_trial_mixin
