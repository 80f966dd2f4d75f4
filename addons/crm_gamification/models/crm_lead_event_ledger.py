from odoo import api, models

from .crm_game_entry_reading import OUTCOMES
from .live import is_live

TOLD = "crm_gamification.ledger_told"


class CrmLeadEvent(models.Model):
    _inherit = "crm.lead.event"

    @api.model
    def _insert(self, rows):
        """Keep which leads have told something that the ledger goes by."""
        super()._insert(rows)
        ledger = self.env["crm.game.entry"].sudo()
        if rows and ledger._ledger_is_on():
            kinds = ledger._ledger_kinds()
            for row in rows:
                if row["kind"] in kinds:
                    self._ledger_tell([row["lead_id"]], is_deal=row["kind"] in OUTCOMES)

    @api.model
    def _after_insert(self, lead_ids):
        """What counts is right at once, and boards hear of whom something changed: of an answer as of a deal."""
        super()._after_insert(lead_ids)
        told = self.env.cr.precommit.data.get(TOLD, {})
        concerned = {lead_id: told.pop(lead_id) for lead_id in set(lead_ids).intersection(told)}
        if concerned:
            deals = [lead_id for lead_id, is_deal in concerned.items() if is_deal]
            people = self.env["crm.game.entry"].sudo()._count(concerned, deals)
            if people and is_live(self.env):
                self._to_tell_boards()["users"].update(people)

    @api.model
    def _ledger_tell(self, lead_ids, is_deal):
        """Count these leads anew when the transaction ends; where the deal itself has changed, its customer's too."""
        told = self.env.cr.precommit.data.setdefault(TOLD, {})
        for lead_id in lead_ids:
            told[lead_id] = told.get(lead_id) or is_deal
