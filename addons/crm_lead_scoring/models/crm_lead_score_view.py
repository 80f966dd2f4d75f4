from odoo import api, fields, models

from .crm_lead_score import INTERNAL

COLOR_CARDS = "crm_lead_scoring.color_cards"
COLORS = {"A": 10, "B": 4, "C": 3}  # green, blue, yellow; cards of the last fifth have none


class CrmLead(models.Model):
    """Lists show the column of a score where there is one, cards its colour where that is switched on:
    installing changes no view."""

    _inherit = "crm.lead"

    win_score_color = fields.Integer(compute="_compute_win_score_color", groups=INTERNAL)

    @api.depends("win_score_band", "color")
    def _compute_win_score_color(self):
        """The band's colour; a lead without a score keeps the one that a person gave it."""
        for lead in self:
            lead.win_score_color = COLORS.get(lead.win_score_band, 0) if lead.win_score_band else lead.color

    @api.model
    def _score_columns(self):
        """Names of the columns that say something now."""
        points = self.env["crm.scoring.rule"]._rules_on()
        learned = self.env["crm.scoring.model"]._any_serving()
        return tuple(name for name, in_use in (("rule_score", points), ("win_score", learned)) if in_use)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._score_columns(), self._score_colors_cards())

    @api.model
    def _score_colors_cards(self):
        is_on = self.env["ir.config_parameter"].sudo().get_param(COLOR_CARDS)
        return bool(is_on) and self.env.user.has_group(INTERNAL)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list":
            idle = {"rule_score", "win_score"}.difference(self._score_columns())
            for field in arch.iter("field"):
                if field.get("name") in idle and field.get("optional") == "show":
                    field.set("optional", "hide")
        if view_type == "kanban" and arch.get("highlight_color") == "color" and self._score_colors_cards():
            arch.set("highlight_color", "win_score_color")
        return arch, view
