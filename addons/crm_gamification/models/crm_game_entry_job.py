from odoo import api, models

from .crm_game_entry import LEDGER


class CrmGameEntry(models.Model):
    """Counts the past when the ledger is switched on, and each night what no event has told: customers, amounts and
    companies of leads change without one."""

    _name = "crm.game.entry"
    _inherit = ["crm.game.entry", "crm.lead.following.mixin"]

    _following = LEDGER
    _following_cron = "crm_gamification.ir_cron_ledger"

    @api.model
    def _follow_batch(self, lead_ids):
        self._count(lead_ids)

    @api.model
    def _follow_concerned(self, told):
        kinds = self._ledger_kinds()
        return super()._follow_concerned([(lead_id, kind) for lead_id, kind in told if kind in kinds])
