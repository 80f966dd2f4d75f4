from . import (
    crm_lead,
    crm_lead_company_profile,
    crm_process,
    crm_process_line,
    crm_stage,
    crm_team,
    crm_team_member,
    res_config_settings,
    res_partner,
)
