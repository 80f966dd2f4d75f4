from . import (
    crm_lead_event,
    crm_lead_event_past,
    crm_lead_event_utm,
    link_tracker_click,
    mail_blacklist,
    mail_mail,
    mail_thread,
    mailing_subscription,
    mailing_trace,
)
