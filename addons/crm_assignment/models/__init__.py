from . import (
    crm_lead_lookalike,
    res_config_settings,
)
