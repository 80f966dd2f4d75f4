from odoo import fields
from odoo.fields import Command

from odoo.addons.crm_gamification.models.crm_game_entry import LEDGER

from .common import GamificationCase


class LedgerCase(GamificationCase):
    """The ledger is kept; what counts are the events of the tests' own leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = cls.env["crm.game.entry"]
        cls.env["ir.config_parameter"].set_param(LEDGER, False)
        cls.company_a.write(
            {"game_reassigned": 0, "game_again": 0, "game_duplicate": 0, "game_least_amount": 0, "game_least_age": 0}
        )
        cls.env["ir.config_parameter"].set_param(LEDGER, True)
        cls.won = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.open = cls.env["crm.stage"].search([("is_won", "=", False)], limit=1)

    def deal(self, user, **vals):
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "user_id": user.id,
                "team_id": self.north.id,
                "company_id": self.company_a.id,
                "expected_revenue": 100,
                **vals,
            }
        )
        self.env.flush_all()
        now = fields.Datetime.now()  # the database's clock is not frozen
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", [now, lead.id])
        lead.invalidate_recordset(["create_date"])
        return lead

    def win(self, lead):
        lead.stage_id = self.won
        self.commit()

    def lose(self, lead):
        if lead.won_status == "won":
            lead.stage_id = self.open
        lead.action_set_lost()
        self.commit()

    def commit(self):
        """What a commit does: the log is told, and what follows from it."""
        self.env.cr.precommit.run()

    def rows(self, leads, *names):
        names = names or ("key", "kind", "user_id", "team_id", "day", "points", "amount", "counts", "why_not", "detail")
        entries = self.ledger.search([("lead_id", "in", leads.ids)], order="key")
        return [tuple(entry[name] for name in names) for entry in entries]

    def give(self, user, team):
        self.env["crm.team.member"].create({"crm_team_id": team.id, "user_id": user.id})

    def correct(self, by, **vals):
        return self.ledger.with_user(by).create(
            {"user_id": self.olga.id, "kind": "won", "points": -1, "reason": "Sold by the shop", **vals}
        )

    def challenge_of(self, definition, people=None, target=1, **vals):
        """A challenge that runs this month by a definition of the ledger."""
        challenge = self.challenges.create(
            {
                "name": "Most deals",
                "period": "monthly",
                "user_domain": False,
                "user_ids": [Command.set((people or self.people).ids)],
                "line_ids": [Command.create({"definition_id": definition.id, "target_goal": target})],
                **vals,
            }
        )
        challenge.action_start()
        return challenge
