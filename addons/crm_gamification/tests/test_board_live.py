import json

from odoo.fields import Domain
from odoo.tests import tagged

from ..models.crm_lead_event import CHANNEL
from .common_board import BoardCase
from .ledger_common import LedgerCase

LIVE = "crm_gamification.live"


@tagged("post_install", "-at_install")
class TestBoardLive(BoardCase):
    def setUp(self):
        super().setUp()
        self.switch(True)
        self.challenges.search([]).state = "done"
        self.env["ir.config_parameter"].set_param(LIVE, True)
        self.challenge_of_two = self.board_challenge(people=self.olga | self.otto)
        self.lead = self.leads["north_olga"]
        self._settle()

    def _settle(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.last = self.env["bus.bus"].search([], order="id desc", limit=1).id or 0

    def _told(self):
        """[(partner, payload)] since it was settled last."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([("id", ">", self.last), ("message", "like", CHANNEL)])
        self._settle()
        return [(json.loads(row.channel)[2], json.loads(row.message)["payload"]) for row in rows]

    def _people(self, told):
        known = {user.partner_id.id: name for name, user in self.users.items()}
        return {known[partner] for partner, _payload in told if partner in known}

    def test_won(self):
        """A deal is won: who sees the board hears once that the team has changed, nothing else."""
        self.lead.action_set_won()
        told = self._told()
        self.assertEqual(self._people(told), {"olga", "otto", "lena", "mona"})
        self.assertEqual(len(told), len({partner for partner, _payload in told}), "once each")
        self.assertEqual({json.dumps(payload) for _partner, payload in told}, {f'{{"team_ids": [{self.north.id}]}}'})

    def test_same_people_as_who_sees_it(self):
        """Who hears of it is who may see the board, as the server decides when it is read."""
        self.lead.action_set_won()
        heard = self._people(self._told())
        this = Domain("id", "=", self.challenge_of_two.id)
        sees = {
            name
            for name, challenges in ((name, self.challenges.with_user(user)) for name, user in self.users.items())
            if challenges.search_count(challenges._get_board_domain(challenges._get_board_reader()) & this)
        }
        self.assertEqual(heard, sees)

    def test_taken_back_and_reassigned(self):
        """Also when it is taken back, and when it goes to somebody who is not on the board."""
        self.lead.action_set_won()
        self._told()
        stage = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        self.lead.write({"probability": 20, "stage_id": stage.id})
        self.assertTrue(self._told())
        self.lead.user_id = self.sara
        self.assertEqual(self._people(self._told()), {"olga", "otto", "lena", "mona"})
        self.lead.user_id = False
        self.assertFalse(self._told(), "Sara is on no board")

    def test_once_a_transaction(self):
        """Ten deals won together are one message for each person."""
        leads = self.deals(self.olga, "2026-03-09", 10)
        self._told()
        for lead in leads:
            lead.action_set_won()
            self.env["crm.lead.event"]._flush()
        told = self._told()
        self.assertEqual(len(told), len({partner for partner, _payload in told}))

    def test_nothing_to_hear(self):
        """Nobody hears of other changes, of deals of people on no running board, or while the setting is off."""
        self.lead.write({"expected_revenue": 50, "priority": "2"})
        self.assertFalse(self._told())
        self.leads["south_sara"].action_set_won()
        self.assertFalse(self._told())
        self.challenge_of_two.visibility_mode = "personal"
        self.lead.action_set_won()
        self.assertFalse(self._told())
        self.challenge_of_two.visibility_mode = "ranking"
        self.env["ir.config_parameter"].set_param(LIVE, False)
        self.leads["north_otto"].action_set_won()
        self.assertFalse(self._told())

    def _queries_of_winning(self, lead):
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        lead.action_set_won()
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self.env.cr.sql_log_count - before

    def test_queries(self):
        """Winning a deal costs two queries more while boards are live, none while they are not."""
        leads = self.deals(self.olga, "2026-03-09", 4)
        self._queries_of_winning(leads[0])  # what is read once only
        live = self._queries_of_winning(leads[1])
        self.env["ir.config_parameter"].set_param(LIVE, False)
        self._queries_of_winning(leads[2])
        self.assertEqual(live - self._queries_of_winning(leads[3]), 2)


@tagged("post_install", "-at_install")
class TestBoardLiveLedger(LedgerCase):
    """Boards that count by the ledger."""

    def setUp(self):
        super().setUp()
        self.switch(True)
        self.challenges.search([]).state = "done"
        self.env["ir.config_parameter"].set_param(LIVE, True)
        steps = self.env.ref("crm_gamification.definition_game_steps")
        self.challenge_of(steps, people=self.olga | self.otto, visibility_mode="ranking")
        self.lead = self.deal(self.olga)
        self.commit()
        self._told()

    def _told(self):
        """Who has heard since this was asked last."""
        last = getattr(self, "last", 0)
        self.env.flush_all()
        self.commit()
        rows = self.env["bus.bus"].search([("id", ">", last), ("message", "like", CHANNEL)])
        self.last = self.env["bus.bus"].search([], order="id desc", limit=1).id or 0
        known = {user.partner_id.id: name for name, user in self.users.items()}
        partners = [json.loads(row.channel)[2] for row in rows]
        return sorted(known[partner] for partner in partners if partner in known)

    def test_work(self):
        """A step kept by a colleague on Olga's deal, and a first answer, are heard at once; a plain note is not."""
        watchers = ["lena", "mona", "olga", "otto"]
        step = self.lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.otto.id)
        self.assertEqual(self._told(), [], "planned is not done")
        step.with_user(self.otto).action_feedback()
        self.assertEqual(self._told(), watchers)
        self.lead.message_post(body="A note")
        self.assertEqual(self._told(), [])
        customer = self.env["res.partner"].create({"name": "Customer", "email": "customer@example.com"})
        self.lead.partner_id = customer
        self.lead.message_post(
            body="How much is it?", author_id=customer.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(self._told(), [], "nobody has answered yet")
        self.lead.with_user(self.olga).message_post(
            body="Ten", partner_ids=customer.ids, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(self._told(), watchers)
