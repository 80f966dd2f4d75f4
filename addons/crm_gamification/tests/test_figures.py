import json

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from odoo.addons.crm_core.models.crm_lead_event_reader import START

from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
class TestFigures(LedgerCase):
    def setUp(self):
        super().setUp()
        with freeze_time("2026-02-10 09:00:00"):
            for _number in range(2):
                self.win(self.deal(self.olga))
        with freeze_time("2026-03-10 09:00:00"):
            for amount in (100, 300, 50):
                self.win(self.deal(self.olga, expected_revenue=amount))
            self.lose(self.deal(self.olga))
            self.win(self.deal(self.otto))

    def figures(self, *names, least=0):
        """{figure: [Olga's, Otto's, Sara's]} in March 2026."""
        with freeze_time("2026-03-20 09:00:00"):
            found = self.ledger._figures(names, self.people, *self._march(), least)
        return {name: [found[name][user.id] for user in (self.olga, self.otto, self.sara)] for name in names}

    def _march(self):
        with freeze_time("2026-03-20 09:00:00"):
            period = self.challenges.new({"period": "monthly"})._get_period()
        return period.start, period.end

    def test_figures(self):
        """Each figure says what its name says, of the period only."""
        self.assertEqual(
            self.figures("won", "money", "biggest", "won_rate", "best", "relay"),
            {
                "won": [3, 1, 0],
                "money": [450, 100, 0],
                "biggest": [300, 100, 0],
                "won_rate": [75, 100, None],
                "best": [150, 100, 0],
                "relay": [4, 4, 0],
            },
        )
        self.assertEqual(self.figures("won_rate", least=4), {"won_rate": [75, None, None]})

    def test_corrections_count(self):
        """What a manager takes or gives is in the figures."""
        self.correct(self.users["mona"], day="2026-03-11", points=-2, amount=-400)
        self.assertEqual(self.figures("won", "money"), {"won": [1, 1, 0], "money": [50, 100, 0]})

    def test_forecast(self):
        """Average days between winning and the closing date as it stood two weeks before, from so many deals on."""
        start = {**self.env["crm.lead.event"]._log_start(), "moment": "2026-01-01 00:00:00"}
        self.env["ir.config_parameter"].set_param(START, json.dumps(start))
        with freeze_time("2026-02-20 09:00:00"):
            near, far = (self.deal(self.olga, date_deadline=day) for day in ("2026-03-14", "2026-04-05"))
            self.commit()
        with freeze_time("2026-03-10 09:00:00"):
            far.date_deadline = "2026-03-20"  # too late to be a forecast
            self.commit()
        with freeze_time("2026-03-16 09:00:00"):
            for lead in (near, far):
                self.win(lead)
        self.assertEqual(self.figures("closing"), {"closing": [(2 + 20) / 2, None, None]})
        self.assertEqual(self.figures("closing", least=3), {"closing": [None, None, None]})
        note = self.ledger.search([("lead_id", "=", far.id), ("kind", "=", "foreseen")]).note
        self.assertEqual(note, "Two weeks before, it was expected on 04/05/2026")

    def test_clean(self):
        """Unattended leads as they are now; who has no open leads has no figure."""
        self.env["ir.config_parameter"].set_param("crm_core.attention", True)
        [olga, _otto, _sara] = self.figures("clean")["clean"]
        expected = self.env["crm.lead"].search_count(
            [
                ("user_id", "=", self.olga.id),
                ("won_status", "=", "pending"),
                ("attention_state", "in", ("waiting_for_us", "overdue", "no_next_step", "stalled")),
            ]
        )
        self.assertEqual(olga, expected)
        self.env["crm.lead"].search([("user_id", "=", self.olga.id)]).user_id = False
        self.env.flush_all()
        self.assertIsNone(self.figures("clean")["clean"][0])

    def test_goals(self):
        """Goals by the ledger are counted in one query a period, and reached or not as others."""
        with freeze_time("2026-03-20 09:00:00"):
            ref = self.env.ref
            challenges = self.challenges.union(
                *(
                    self.challenge_of(ref(f"crm_gamification.definition_game_{name}"), target=target)
                    for name, target in (("won", 2), ("money", 500), ("customers", 1))
                )
            )
            goals = self.env["gamification.goal"].search([("challenge_id", "in", challenges.ids)])
            self.assertEqual(len(goals), 9)
            self.assertEqual(
                [self.goal_of(challenges[0], user).state for user in (self.olga, self.otto)], ["reached", "inprogress"]
            )
            self.assertEqual(self.goal_of(challenges[1], self.olga).current, 450)
            self.win(self.deal(self.otto))
            goals.update_goal()
            self.assertEqual(self.goal_of(challenges[0], self.otto).state, "reached")
            self.env.flush_all()
            goals.definition_id.mapped("game_figure")
            with self.assertQueryCount(1):
                goals.definition_id._game_values(goals)
