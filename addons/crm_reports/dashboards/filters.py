"""The filters over a board: which field of each model they go by; and the action that opens its records."""

PERIOD = "period"
RELATIONS = {
    "team": ("Sales Team", "crm.team"),
    "person": ("Salesperson", "res.users"),
    "source": ("Source", "utm.source"),
}
CHAINS = {
    "crm.lead": {"team": "team_id", "person": "user_id", "source": "source_id"},
    "crm.activity.report": {"team": "team_id", "person": "user_id", "source": "lead_id.source_id"},
    "crm.attribution.share": {"team": "team_id", "person": "user_id", "source": "source_id"},
    "crm.stage.usual": {"team": "team_id"},
}
# whose views show what is behind a figure
ACTIONS = {
    "crm.lead": "crm.crm_lead_opportunities",
    "crm.activity.report": "crm_reports.crm_activity_report_action",
    "crm.attribution.share": "crm_reports.crm_attribution_share_action",
    "crm.stage.usual": "crm_reports.crm_stage_usual_action",
}
DATES = {"date_deadline": "date"}  # all others are moments


def global_filters(board):
    """What stands in the search bar."""
    period = {"id": PERIOD, "type": "date", "label": "Period"}
    if board.period:
        period["defaultValue"] = board.period
    relations = [
        {"id": name, "type": "relation", "label": RELATIONS[name][0], "modelName": RELATIONS[name][1]}
        for name in board.filters
    ]
    return [period, *relations]


def matching(board, model, dates="", shift=0):
    """Filter -> the field of the model that it goes by."""
    chains = CHAINS[model]
    found = {name: {"chain": chains[name], "type": "many2one"} for name in board.filters if name in chains}
    if dates:
        found[PERIOD] = {"chain": dates, "type": DATES.get(dates, "datetime"), "offset": shift}
    return found
