from . import (
    crm_lead_facts,
    crm_lead_figures_job,
    crm_lead_measures,
    crm_lead_passage,
    crm_report,
    crm_stage,
    crm_stage_usual,
    ir_filters,
    res_config_settings,
    spreadsheet_dashboard,
)
