from . import crm_attribution_share, crm_team_dashboard, res_config_settings
