from odoo import fields, models

from .crm_lead_attention import ON
from .crm_lead_event import PAUSED

OWN_TEAMS = "crm_core.unassigned_own_teams"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_unassigned_own_teams = fields.Boolean("Unassigned Leads of Own Teams Only", config_parameter=OWN_TEAMS)
    crm_event_log_paused = fields.Boolean("Pause the Log of Leads", config_parameter=PAUSED)
    group_crm_attention = fields.Boolean(
        "Attention", group="sales_team.group_sale_salesman", implied_group="crm_core.group_attention"
    )
    crm_past_state = fields.Selection(
        [("running", "Under Way"), ("stopped", "Stopped"), ("told", "In the Log")], compute="_compute_crm_past"
    )
    crm_past_progress = fields.Float(compute="_compute_crm_past", help="Per cent of the history gone through.")
    crm_past_events = fields.Integer(compute="_compute_crm_past", help="Events of earlier history told so far.")
    group_lost_reason_create = fields.Boolean(
        "Lost Reasons Made on the Spot",
        group="sales_team.group_sale_salesman",
        implied_group="crm_core.group_lost_reason_create",
    )

    def set_values(self):
        leads = self.env["crm.lead"]
        if self.group_crm_attention != leads._attention_is_on():
            self.env["ir.config_parameter"].sudo().set_param(ON, self.group_crm_attention)
            if self.group_crm_attention:
                leads._attention_start()
            else:
                self.env.ref("crm_core.ir_cron_attention").sudo().active = False
        before = bool(self.env["ir.config_parameter"].sudo().get_param(OWN_TEAMS))
        super().set_values()
        if self.crm_unassigned_own_teams != before:
            teams = self.env["crm.team"]
            if self.crm_unassigned_own_teams:
                teams._show_unassigned_of_own_teams()
            else:
                teams._show_unassigned_of_all_teams()

    def _compute_crm_past(self):
        state, progress, events = self.env["crm.lead.event.past"]._how_far()
        for settings in self:
            settings.crm_past_state = state
            settings.crm_past_progress = progress
            settings.crm_past_events = events

    def action_fill_company_profiles(self):
        self.check_access("write")
        self.env["crm.lead"]._start_filling_company_profiles()
        return self._notify(self.env._("Industry, employees and domain are being filled in from the contacts."))

    def action_tell_past(self):
        self.check_access("write")
        self.env["crm.lead.event.past"]._start()
        return self._notify(self.env._("The history of earlier leads is being told, the newest leads first."))

    def action_stop_telling_past(self):
        self.check_access("write")
        self.env["crm.lead.event.past"]._stop()
        return self._notify(self.env._("Stopped. What was told stays; you can go on at any time."))

    def _notify(self, message):
        """Say it, and show the settings anew."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
