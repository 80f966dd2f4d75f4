from . import (
    crm_lead_features,
    crm_lead_features_as_of,
    crm_lead_features_events,
    crm_lead_features_fields,
    crm_lead_features_history,
    crm_lead_features_read,
    crm_scoring_field,
)
