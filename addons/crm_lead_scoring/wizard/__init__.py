from . import crm_ready_trial, crm_scoring_rule_trial, crm_scoring_trial
