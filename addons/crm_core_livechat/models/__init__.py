from . import crm_lead, crm_lead_event, discuss_channel
