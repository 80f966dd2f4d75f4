from . import crm_lead_reading_mixin  # others inherit from it

# isort: split
from . import (
    crm_attribution_share,
    crm_attribution_share_fill,
    crm_attribution_share_job,
    crm_campaign_cost,
    crm_campaign_return,
    crm_figure_page,
    crm_lead_attribution,
    crm_lead_facts,
    crm_lead_figures_job,
    crm_lead_measures,
    crm_lead_passage,
    crm_lead_rows,
    crm_leaks,
    crm_month_end,
    crm_report,
    crm_shift,
    crm_shift_watch,
    crm_stage,
    crm_stage_usual,
    crm_team_dashboard,
    ir_filters,
    res_config_settings,
    res_config_settings_attribution,
)
