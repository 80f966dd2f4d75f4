from odoo import api, models


class CrmLead(models.Model):
    """Lists show the column of a score where there is one: installing changes no list."""

    _inherit = "crm.lead"

    @api.model
    def _score_columns(self):
        """Names of the columns that say something now."""
        points = self.env["crm.scoring.rule"]._rules_on()
        learned = self.env["crm.scoring.model"]._any_serving()
        return tuple(name for name, in_use in (("rule_score", points), ("win_score", learned)) if in_use)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        return (*super()._get_view_cache_key(view_id, view_type, **options), self._score_columns())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list":
            idle = {"rule_score", "win_score"}.difference(self._score_columns())
            for field in arch.iter("field"):
                if field.get("name") in idle and field.get("optional") == "show":
                    field.set("optional", "hide")
        return arch, view
