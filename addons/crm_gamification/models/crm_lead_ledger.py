from odoo import models

# what counts of a won deal depends on these, and no event that the ledger follows tells them
UNTOLD = frozenset(("company_id", "partner_id", "email_from", "phone", "expected_revenue"))


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def write(self, vals):
        result = super().write(vals)
        if not UNTOLD.isdisjoint(vals) and self.env["crm.game.entry"]._ledger_is_on():
            won = self.sudo().filtered(lambda lead: lead.won_status == "won")
            log = self.env["crm.lead.event"]
            log._ledger_tell(won._ids, is_deal=True)
            log._touch(won._ids)
        return result
