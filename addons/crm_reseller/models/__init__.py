from . import crm_lead_assigning, res_config_settings
