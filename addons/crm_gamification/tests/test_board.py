from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ..models import gamification_challenge_board_shared
from .common_board import BoardCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestBoard(BoardCase):
    def setUp(self):
        super().setUp()
        self.switch(True)

    def test_people(self):
        """Places, figures, what is missing to the next, the target, and nothing written by looking."""
        challenge = self.board_challenge(target=4)
        self.deals(self.olga, "2026-03-09", 1)
        self.deals(self.otto, "2026-03-09", 5)
        goals = self.env["gamification.goal"].search([("challenge_id", "=", challenge.id)])
        before = goals.mapped("current")
        board = challenge.with_user(self.olga).get_board()
        self.assertEqual(goals.mapped("current"), before)
        told = [(row["name"], row["place"], row["figure"], row["gap"], row["points"]) for row in board["rows"]]
        self.assertEqual(told, [("Otto", 1, "5", "", 125), ("Olga", 2, "1", "4", 25), ("Sara", False, "0", "1", 0)])
        self.assertEqual({row["target"] for row in board["rows"]}, {"4"})
        self.assertEqual([row["name"] for row in board["rows"] if row["is_me"]], ["Olga"])
        self.assertEqual([row["has_reached"] for row in board["rows"]], [True, False, False])
        self.assertEqual((board["period"]["label"], board["period"]["days_left"]), ("March 2026", 22))

    def test_units(self):
        """1 deal, 2 deals; a unit without a word for one stands as it is."""
        self.deals(self.olga, "2026-03-09", 1)
        self.deals(self.otto, "2026-03-09", 2)
        for one, told in (("deal", "1 deal"), (False, "1 deals")):
            challenge = self.board_challenge(definition=self.definition(suffix="deals", suffix_one=one))
            self.assertEqual(self.seen(challenge, "sara", "figure"), [("2 deals",), (told,), ("0 deals",)])

    def test_trend_and_period_before(self):
        """The trend is against the same day of the month before; the month before stands as it ended."""
        challenge = self.board_challenge()
        self.deals(self.olga, "2026-02-05", 1)
        self.deals(self.olga, "2026-02-25", 4)
        self.deals(self.olga, "2026-03-09", 3)
        [olga] = [row for row in self.rows(challenge, "olga") if row["is_me"]]
        self.assertEqual((olga["figure"], olga["trend"]), ("3", {"way": "up", "text": "+2"}))
        [olga] = [row for row in self.rows(challenge, "olga", period_offset=-1) if row["is_me"]]
        self.assertEqual((olga["figure"], olga["trend"]["text"]), ("5", "+5"))
        board = challenge.with_user(self.olga).get_board(period_offset=-1)
        self.assertEqual((board["period"]["label"], board["period"]["days_left"]), ("February 2026", 0))

    def test_ties_are_told(self):
        """Equal figures share a place; who had the figure first is named first, and gets the badge."""
        challenge = self.board_challenge(target=1, reward_first_id=self.medal.id)
        self.deals(self.olga, "2026-03-09")
        self.deals(self.otto, "2026-03-02")
        self.assertEqual(self.seen(challenge, "olga", "name", "place")[:2], [("Otto", 1), ("Olga", 1)])
        self.assertIn("named first", challenge.with_user(self.olga).get_board()["note"])
        self.run_job(challenge)
        with freeze_time("2026-04-01"):
            self.run_job(challenge)
        self.assertEqual(self.given(self.medal), ["Otto"])

    def test_weights(self):
        """Two goals: the weighted mean of their points ranks, each figure stands below."""
        definition = self.definition(name="Quick", domain="[('referred', '=', 'quick')]")
        challenge = self.board_challenge(
            line_ids=[
                Command.create({"definition_id": self.definition().id, "target_goal": 4, "weight": 3}),
                Command.create({"definition_id": definition.id, "target_goal": 4, "weight": 1}),
            ]
        )
        self.deals(self.olga, "2026-03-09", 2)
        self.deals(self.otto, "2026-03-09", 4).referred = "quick"
        self.assertEqual(
            self.seen(challenge, "olga", "name", "figure", "gap")[:2],
            [("Olga", "38 points", ""), ("Otto", "25 points", "12 points")],
        )
        [olga] = [row for row in self.rows(challenge, "olga") if row["is_me"]]
        self.assertEqual([figure["text"] for figure in olga["figures"]], ["2", "0"])

    def test_lower_is_better(self):
        """Nobody with nothing is last where less is better."""
        challenge = self.board_challenge(target=3, definition=self.definition(condition="lower"))
        self.deals(self.olga, "2026-03-09", 2)
        self.deals(self.otto, "2026-03-09", 6)
        self.assertEqual(
            self.seen(challenge, "sara", "name", "place", "gap"), [("Sara", 1, ""), ("Olga", 2, "2"), ("Otto", 3, "4")]
        )

    def test_teams(self):
        """North has more together, South more for each of its people; the challenge says what is shown first."""
        challenge = self.board_challenge(ranked_by="team", definition=self.definition(suffix="deals"))
        self.deals(self.olga, "2026-03-09", 4)
        self.deals(self.sara, "2026-03-09", 3)
        self.assertEqual(self.seen(challenge, "sara", "name", "figure"), [("North", "4 deals"), ("South", "3 deals")])
        heads = self.seen(challenge, "sara", "name", "figure", "target", "is_me", by="head")
        self.assertEqual(heads, [("South", "3 deals", "2 deals", True), ("North", "2 deals", "2 deals", False)])
        with self.assertRaises(UserError):
            self.rows(challenge, "sara", by="moon")

    def test_own_place_beyond_the_list(self):
        """The first fifty are listed, and one's own place after them."""
        many = self.env["res.users"].union(
            *(new_test_user(self.env, f"board{number}", "sales_team.group_sale_salesman") for number in range(60))
        )
        challenge = self.board_challenge(people=many | self.olga)
        for user in many:
            self.deals(user, "2026-03-09", 1)
        rows = self.rows(challenge, "olga")
        self.assertEqual((len(rows), rows[-1]["is_me"]), (51, True))
        self.assertEqual(challenge.with_user(self.olga).get_board()["count"], 61)

    def _queries(self, challenge, **kwargs):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        challenge.with_user(self.olga).get_board(**kwargs)
        return self.env.cr.sql_log_count - before

    def test_queries(self):
        """A board of a hundred people takes the same queries as one of three."""
        many = self.env["res.users"].union(
            *(new_test_user(self.env, f"board{number}", "sales_team.group_sale_salesman") for number in range(97))
        )
        few, all_of_them = self.board_challenge(), self.board_challenge(people=self.people | many)
        for by in ("person", "team"):
            self._queries(few, by=by)  # what is read once only
            three, hundred = self._queries(few, by=by), self._queries(all_of_them, by=by)
            self.assertLessEqual(hundred, three + 1, by)
            self.assertLessEqual(three, 28, by)

    def test_choice(self):
        """Running boards come first, of these one's own; individual goals and drafts have no board."""
        other = self.board_challenge(name="Otto's", people=self.otto)
        mine = self.board_challenge(name="Mine", people=self.olga)
        done = self.board_challenge(name="Done")
        done.state = "done"
        self.challenge(name="Individual", visibility_mode="personal")
        self.board_challenge(name="Draft", starts=False)
        answer = self.challenges.with_user(self.olga).get_leaderboard()
        names = [board["name"] for board in answer["boards"]]
        self.assertEqual([name for name in names if name in ("Mine", "Otto's", "Done")], ["Mine", "Otto's", "Done"])
        self.assertFalse({"Individual", "Draft"} & set(names))
        self.assertEqual(answer["board"]["id"], mine.id)
        chosen = self.challenges.with_user(self.olga).get_leaderboard(other.id)
        self.assertEqual(chosen["board"]["name"], "Otto's")

    def test_no_board(self):
        """Without any board there is nothing to show, and no error."""
        self.challenges.search([]).visibility_mode = "personal"
        answer = self.challenges.with_user(self.olga).get_leaderboard()
        self.assertEqual((answer["boards"], answer["board"]), ([], False))

    def test_opened_deals(self):
        """The figure opens the very deals that it counts, on the days of UTC, and nobody else's."""
        field = self.env["ir.model.fields"]._get("crm.lead", "create_date")
        for vals in ({}, {"batch_mode": False, "domain": "[('referred', '=', 'game'), ('user_id', '=', user.id)]"}):
            challenge = self.board_challenge(definition=self.definition(**vals))
            march = self.deals(self.olga, "2026-03-31", 2)
            self.deals(self.olga, "2026-04-01", 1)
            self.deals(self.otto, "2026-03-09", 1)
            action = challenge.with_user(self.olga).open_figure(challenge.line_ids.id, self.olga.id)
            found = self.env["crm.lead"].with_user(self.olga).search(action["domain"])
            self.assertLessEqual(march, found)
            [figure] = [row["figure"] for row in self.rows(challenge, "olga") if row["is_me"]]
            self.assertEqual(str(len(found)), figure)
        dated = self.definition(field_date_id=field.id)
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-03-31 23:30:00' WHERE id = %s", march[:1].ids)
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-04-01 00:10:00' WHERE id = %s", march[1:].ids)
        self.env.invalidate_all()
        domain = dated._get_leads_domain(self.olga, challenge._get_board_period(0))
        found = self.env["crm.lead"].with_context(tz="America/New_York").search(domain)
        self.assertEqual(march & found, march[:1])

    def test_form(self):
        """A manager chooses what is ranked and what each goal weighs."""
        with Form(self.challenges.with_user(self.users["mona"])) as form:
            form.name = "Teams"
            form.visibility_mode = "ranking"
            form.ranked_by = "team"
            form.reward_realtime = False
            with form.line_ids.new() as line:
                line.definition_id = self.definition()
                line.target_goal = 3
                line.weight = 2
        challenge = form.record
        self.assertEqual((challenge.ranked_by, challenge.line_ids.weight), ("team", 2))

    def test_counted_once(self):
        """Readers of the same moment share the figures; a new event, or a transaction that has written, does not."""
        challenge = self.board_challenge()
        period, counted = challenge._get_board_period(0), []
        count = type(challenge)._get_board_entries
        self.patch(type(challenge), "_get_board_entries", lambda *args: counted.append(1) or count(*args))
        times = {(True, 7, 5): 1, (True, 7, 6): 2, (True, 8, 6): 3, (False, 8, 6): 4}
        states = [(True, 7, 5), *times]
        self.patch(type(challenge), "_get_board_state", lambda _self: states[0])
        self.patch(gamification_challenge_board_shared.time, "monotonic", lambda: 100.0)
        while states:
            entries, _moments = challenge._get_shared_entries(period)
            self.assertEqual({person.id for person in entries}, set(self.people.ids))
            self.assertEqual(len(counted), times[states.pop(0)])

    def test_own_changes_are_seen(self):
        """A transaction that has written something counts for itself."""
        challenge = self.board_challenge()
        self.env.flush_all()
        self.assertFalse(challenge._get_board_state()[0])
