from . import crm_lead, crm_lead_event, crm_lead_event_past, website_track, website_visitor
