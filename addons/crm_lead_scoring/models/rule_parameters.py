"""Names of the system parameters that the scoring rules keep, and of their mark in the log."""

PAUSED = "crm_lead_scoring.rules_paused"
SCORE_BELOW = "crm_lead_scoring.rules_score_below"  # the background job still has to score the leads below this id
SCANNED = "crm_lead_scoring.rules_scanned"  # until when the hourly job has looked at what was touched
IN_FORCE = "crm_lead_scoring.rules_in_force"  # ids of the rules that counted at the last run
READER = "crm_lead_scoring.rules"
