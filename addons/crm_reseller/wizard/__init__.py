from . import crm_lead_forward_to_partner, crm_reseller_level_trial, crm_reseller_trial
