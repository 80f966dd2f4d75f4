from . import crm_lead_event, sale_order
