from . import crm_lead_reading_mixin  # others inherit from it

# isort: split
from . import (
    crm_attribution_share,
    crm_attribution_share_fill,
    crm_attribution_share_job,
    crm_campaign_cost,
    crm_campaign_return,
    crm_lead_attribution,
    crm_lead_rows,
    res_config_settings,
    res_config_settings_attribution,
)
