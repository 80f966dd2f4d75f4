from . import crm_lead_forward_to_partner, crm_reseller_trial
