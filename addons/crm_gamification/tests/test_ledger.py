import random

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from odoo.addons.crm_gamification.models.crm_game_entry import LEDGER

from .ledger_common import LedgerCase

ACTS = ("win", "win", "lose", "reopen", "reassign", "amount", "customer", "merge")


@tagged("post_install", "-at_install")
class TestLedger(LedgerCase):
    def test_right_at_once(self):
        """A deal that is won stands in the ledger when the transaction ends, and is taken back when it is lost."""
        lead = self.deal(self.olga)
        self.win(lead)
        self.assertEqual(self.rows(lead, "kind", "user_id", "team_id", "points"), [("won", self.olga, self.north, 1)])
        self.lose(lead)
        self.assertEqual(self.rows(lead, "kind", "points", "why_not"), [("lost", 0, False), ("won", 0, "taken_back")])

    def test_off(self):
        """Not kept, nothing is written and nothing asked."""
        self.env["ir.config_parameter"].set_param(LEDGER, False)
        lead = self.deal(self.olga)
        self.win(lead)
        self.assertFalse(self.rows(lead))

    def test_cost_of_a_win(self):
        """Winning a deal asks at most five queries more than without the ledger, also where the customer has many."""
        partner = self.env["res.partner"].create({"name": "Customer"})
        leads = [self.deal(self.olga, partner_id=partner.id) for _number in range(12)]
        for lead in leads[:8]:
            self.win(lead)
        self.env["ir.config_parameter"].set_param(LEDGER, False)
        self._queries_of_win(leads[8])
        without = self._queries_of_win(leads[9])
        self.env["ir.config_parameter"].set_param(LEDGER, True)
        self._queries_of_win(leads[10])
        self.assertLessEqual(self._queries_of_win(leads[11]) - without, 5)

    def _queries_of_win(self, lead):
        self.commit()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.win(lead)
        return self.env.cr.sql_log_count - before

    def test_second_customer(self):
        """Who is the new customer follows when the first deal is taken back."""
        partner = self.env["res.partner"].create({"name": "Customer"})
        first, second = (self.deal(user, partner_id=partner.id) for user in (self.olga, self.otto))
        with freeze_time("2026-03-02 09:00:00"):
            self.win(first)
        with freeze_time("2026-03-03 09:00:00"):
            self.win(second)
        self.assertEqual(self.rows(second, "kind"), [("won",)])
        with freeze_time("2026-03-04 09:00:00"):
            self.lose(first)
        self.assertEqual(self.rows(second, "kind"), [("customer",), ("won",)])

    def test_before_the_log(self):
        """A deal that was won before anything was told counts on the day on which it was closed."""
        lead = self.deal(self.olga)
        self.win(lead)
        self.env.cr.execute("DELETE FROM crm_lead_event WHERE lead_id = %s", [lead.id])
        self.ledger._count(lead.ids)
        self.assertEqual(self.rows(lead, "key", "user_id"), [(f"won:lead:{lead.id}", self.olga)])

    def test_job(self):
        """Switched on, the job counts the past; each night it mends what SQL has changed."""
        lead = self.deal(self.olga)
        self.win(lead)
        self.env.cr.execute("DELETE FROM crm_game_entry WHERE lead_id = %s", [lead.id])
        self.ledger._follow_start()
        self._run_job()
        self.assertEqual(self.rows(lead, "kind"), [("won",)])
        self.env.cr.execute(
            "UPDATE crm_lead SET expected_revenue = 7, write_date = now() AT TIME ZONE 'UTC' WHERE id = %s", [lead.id]
        )
        self._run_job()
        self.assertEqual(self.rows(lead, "amount"), [(7,)])

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_gamification.ir_cron_ledger").method_direct_trigger()
        self.env.invalidate_all()

    def test_settings_start_the_job(self):
        """Switching on, or another guard, lets the job count all anew; switching off stops it."""
        cron = self.env.ref("crm_gamification.ir_cron_ledger")
        self.env["ir.config_parameter"].set_param(LEDGER, False)
        self.env["res.config.settings"].create({"crm_game_ledger": True}).execute()
        self.assertTrue(cron.active)
        self._run_job()
        self.assertEqual(self.ledger._follow_to_do(), 0)
        self.env["res.config.settings"].create({"game_least_amount": 50}).execute()
        self.assertGreater(self.ledger._follow_to_do(), 0)
        self.env["res.config.settings"].create({"crm_game_ledger": False}).execute()
        self.assertFalse(cron.active)

    def test_whatever_happens(self):
        """After random wins, losses, reopenings, reassignments: the ledger is what counting from scratch gives, each
        won deal counts once, and the goals' figures are the ledger's sums."""
        self.company_a.write({"game_reassigned": 1, "game_again": 20, "game_duplicate": 7, "game_least_amount": 20})
        definition = self.env.ref("crm_gamification.definition_game_won")
        with freeze_time("2026-03-01 09:00:00"):
            partners = self.env["res.partner"].create([{"name": f"Customer {number}"} for number in range(3)])
            leads = self.env["crm.lead"].union(
                *(self.deal(self.people[number % 3], partner_id=partners[number % 3].id) for number in range(9))
            )
            challenge = self.challenge_of(definition)
            self.commit()
        chance = random.Random(7)
        for step in range(90):
            with freeze_time(f"2026-03-{1 + step // 3:02} {10 + step % 3}:00:00"):
                self._happens(chance, leads.exists(), partners)
                self.commit()
        leads = leads.exists()
        self.assertLessEqual({"taken_back", "again", "amount"}, {row[0] for row in self.rows(leads, "why_not")})
        live = self.rows(leads)
        self.env.cr.execute("DELETE FROM crm_game_entry WHERE key IS NOT NULL")
        self.ledger._count(leads.ids)
        self.assertEqual(self.rows(leads), live)
        won = leads.filtered(lambda lead: lead.won_status == "won" and lead.expected_revenue >= 20)
        counted = self.ledger.search([("lead_id", "in", leads.ids), ("kind", "=", "won"), ("counts", "=", True)])
        self.assertTrue(counted)
        self.assertLessEqual(counted.lead_id, won)
        self.assertEqual(len(counted), len(counted.lead_id))
        with freeze_time("2026-03-31 12:00:00"):
            self.run_job(challenge)
            for user in self.people:
                theirs = counted.filtered(lambda entry, user=user: entry.user_id == user)
                self.assertEqual(self.goal_of(challenge, user).current, len(theirs), user.name)

    def _happens(self, chance, leads, partners):
        lead, act = chance.choice(leads), chance.choice(ACTS)
        if act == "win":
            lead.write({"active": True, "stage_id": self.won.id})
        elif act == "lose":
            self.lose(lead)
        elif act == "reopen":
            lead.write({"active": True, "stage_id": self.open.id, "probability": 10})
        elif act == "reassign":
            lead.user_id = chance.choice(self.people)
        elif act == "amount":
            lead.expected_revenue = chance.choice((10, 50, 200))
        elif act == "customer":
            lead.partner_id = chance.choice(partners)
        elif len(leads) > 6:
            (lead | chance.choice(leads - lead)).merge_opportunity(auto_unlink=True)
