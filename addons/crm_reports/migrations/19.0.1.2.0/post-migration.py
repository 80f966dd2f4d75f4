from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """One job follows the log for all that is counted: its method and parameters have one name."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in ("ir_cron_figures", "ir_cron_attribution"):
        env.ref(f"crm_reports.{name}").code = "model._cron_follow()"
    parameters = env["ir.config_parameter"]
    if below := parameters.get_param("crm_reports.figures_fill_below"):
        parameters.set_param("crm_reports.figures_below", below)
        parameters.set_param("crm_reports.figures_fill_below", False)
