from . import crm_lead_event, crm_lead_event_past, sale_order, sale_order_traces
