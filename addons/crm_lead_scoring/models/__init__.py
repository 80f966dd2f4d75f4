from . import (
    crm_lead_event,
    crm_lead_ready,
    crm_lead_rule_job,
    crm_lead_rule_line,
    crm_lead_rule_points,
    crm_lead_rule_score,
    crm_scoring_rule,
    crm_scoring_rule_in_force,
    crm_scoring_rule_kinds,
    crm_team,
    res_config_settings,
)
