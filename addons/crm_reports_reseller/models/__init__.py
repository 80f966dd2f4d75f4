from . import crm_lead, crm_lead_offer, crm_report
