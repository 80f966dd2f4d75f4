from odoo import fields, models


class CrmStage(models.Model):
    _inherit = "crm.stage"

    reseller_open = fields.Boolean(
        "Open to Partners", help="Partners see this stage in their pipeline, and move their opportunities there."
    )

    def _is_partner_target(self):
        """Whether partners move opportunities here; won takes more than a move."""
        return self.reseller_open and not self.is_won

    def _takes_from_partners(self, teams):
        """Whether partners move opportunities of one of these teams here."""
        return self._is_partner_target() and bool(not self.team_ids or self.team_ids & teams)
