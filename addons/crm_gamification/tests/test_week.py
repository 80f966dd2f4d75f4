import ast
import re
from datetime import date, datetime
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import freeze_time

from .ledger_common import LedgerCase

FRIDAY = "2026-03-13 14:30:00"  # half past three in Budapest, in winter


class WeekCase(LedgerCase):
    """Olga has won two deals this week and Otto one; both are on a board of two, and get the mail at three."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weeks = cls.env["crm.game.week"]
        cls.challenges.search([]).state = "done"
        (cls.olga | cls.otto | cls.sara).write({"tz": "Europe/Budapest"})

    def setUp(self):
        super().setUp()
        with freeze_time("2026-03-10 09:00:00"):
            self.company_a.game_week_mail = True
            self.switch(True)
            self.win(self.deal(self.olga, expected_revenue=4000))
            self.win(self.deal(self.olga))
            self.win(self.deal(self.otto))
            self.board = self.challenge_of(
                self.env.ref("crm_gamification.definition_game_won"),
                people=self.olga | self.otto,
                target=5,
                visibility_mode="ranking",
                name="Most deals in March",
            )

    def send(self, moment=FRIDAY):
        with freeze_time(moment), patch.object(self.env.cr, "_now", fields.Datetime.to_datetime(moment)):
            self.weeks._cron_week()

    def states(self):
        return {row.user_id.name: row.state for row in self.weeks.search([("user_id", "in", self.people.ids)])}

    def body(self, user):
        return str(self.weeks.search([("user_id", "=", user.id)]).mail_id.body_html)


@tagged("post_install", "-at_install")
class TestWeek(WeekCase):
    def test_at_the_hour(self):
        """Off at first; on, it goes at three by each one's own clock, and once."""
        self.assertFalse(self.env["res.company"].create({"name": "New"}).game_week_mail)
        self.otto.tz = "America/New_York"
        self.send("2026-03-13 13:45:00")
        self.assertEqual(self.states(), {})
        self.send()
        self.assertEqual(self.states(), {"Olga": "sent", "Sara": "skipped"})
        self.send("2026-03-13 20:00:00")
        self.assertEqual(self.states(), {"Olga": "sent", "Sara": "skipped", "Otto": "sent"})
        mails = self.weeks.search([("state", "=", "sent")]).mail_id
        self.send("2026-03-13 20:15:00")
        self.assertEqual(self.weeks.search([("state", "=", "sent")]).mail_id, mails)
        self.assertEqual(len(mails), 2)

    def test_what_it_says(self):
        """Place, figure, distance, deeds and amount of the reader; of a colleague no amount, unnamed no name."""
        self.company_a.game_allow_unnamed = True
        self.olga.game_unnamed = True
        self.send()
        olga, otto = self.body(self.olga), self.body(self.otto)
        self.assertRegex(olga, r"Place 1 of 2")
        self.assertIn("2 deals", olga)
        self.assertRegex(olga, r"4,100")
        self.assertRegex(otto, r"Place 2 of 2")
        self.assertRegex(otto, r"1 to the next place")
        self.assertNotIn("Olga", otto)
        self.assertNotIn("4,100", otto)
        self.assertIn("A colleague", otto)

    def test_money_of_others(self):
        """A board of money shows points to who may not read the others' deals, in the mail as on the screen."""
        with freeze_time("2026-03-11 09:00:00"):
            self.board.state = "done"
            money = self.env.ref("crm_gamification.definition_game_money")
            people = self.olga | self.otto
            self.challenge_of(money, people=people, target=5000, visibility_mode="ranking", name="Most money")
        self.send()
        self.assertNotIn("4,100", self.body(self.otto))
        self.assertIn("82 points", self.body(self.otto))

    def test_language(self):
        """Dates and numbers are those of the reader's language."""
        self.env["res.lang"]._activate_lang("de_DE")
        self.olga.lang = "de_DE"
        self.send()
        self.assertIn("4.100", self.body(self.olga))
        self.assertIn("09.03.2026", self.body(self.olga))

    def test_nothing_happened_or_away(self):
        """Nobody is told that nothing happened, and nobody is written to on leave; who said no gets none."""
        self.olga.game_week_off = True
        resource = self.env["resource.resource"].create(
            {"name": "Otto", "user_id": self.otto.id, "company_id": self.company_a.id}
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": resource.id,
                "date_from": datetime(2026, 3, 12),
                "date_to": datetime(2026, 3, 16),
            }
        )
        self.send()
        rows = self.weeks.search([("user_id", "in", self.people.ids)])
        self.assertEqual(
            {row.user_id.name: (row.state, row.reason) for row in rows},
            {"Otto": ("skipped", "On leave"), "Sara": ("skipped", "Nothing happened")},
        )

    def test_killed_half_way(self):
        """The job dies after the first mail: the next run writes the others, and none twice."""
        write_letter = type(self.weeks)._write_letter
        written = []

        def die_later(row):
            if written:
                raise KeyboardInterrupt
            written.append(row.user_id)
            return write_letter(row)

        with patch.object(type(self.weeks), "_write_letter", die_later):
            try:  # assertRaises would take back what was committed before
                self.send()
            except KeyboardInterrupt:
                written.append("killed")
        self.assertEqual(written[1:], ["killed"])
        self.assertEqual(sorted(self.states().values()), ["sent", "waiting", "waiting"])
        first = self.weeks.search([("state", "=", "sent")]).mail_id
        self.send("2026-03-13 14:45:00")
        self.assertEqual(self.states(), {"Olga": "sent", "Otto": "sent", "Sara": "skipped"})
        self.assertIn(first, self.weeks.search([("state", "=", "sent")]).mail_id)

    def test_one_that_breaks(self):
        """A mail that can't be written is tried three times, and stops nobody else's."""
        people = type(self.env["res.users"])
        get_week = people._get_week

        def break_for_olga(user, monday):
            if user == self.olga:
                raise ValueError("no such figure")
            return get_week(user, monday)

        with patch.object(people, "_get_week", break_for_olga), self.assertLogs(level="WARNING"):
            for minute in (30, 45, 50, 55):
                self.send(f"2026-03-13 14:{minute}:00")
        self.assertEqual(self.states(), {"Olga": "failed", "Otto": "sent", "Sara": "skipped"})

    def test_streaks(self):
        """Three weeks with a deal, one of leave between: a streak of three, told on the board and in the mail."""
        with freeze_time("2026-02-24 09:00:00"):
            self.win(self.deal(self.olga))
        with freeze_time("2026-03-03 09:00:00"):
            self.win(self.deal(self.olga))
        with freeze_time("2026-03-11 09:00:00"):
            asked = self.challenges.with_user(self.olga)
            self.assertEqual(asked.get_leaderboard()["streaks"], [], "off at first")
            self.env["ir.config_parameter"].set_param("crm_gamification.streaks", True)
            [streak] = asked.get_leaderboard()["streaks"]
            self.assertEqual(streak["text"], "3 weeks in a row with a deal won")
        self.send()
        self.assertIn("3 weeks in a row", self.body(self.olga))
        self.assertNotIn("weeks in a row", self.body(self.otto))

    def test_steps_kept(self):
        """Steps of three working days kept, then one is overdue: none is left the day after."""
        lead = self.deal(self.olga)
        for number in (3, 4, 5):
            with freeze_time(f"2026-03-{number - 1:02} 09:00:00"):
                step = lead.activity_schedule(
                    "mail.mail_activity_data_todo", date(2026, 3, number), user_id=self.olga.id
                )
                self.commit()
            with freeze_time(f"2026-03-{number:02} 09:00:00"):
                step.with_user(self.olga).action_feedback()
                self.commit()
        with freeze_time("2026-03-06 09:00:00"):
            self.assertEqual(self.olga._get_streaks()[self.olga]["steps"].length, 3)
            lead.activity_schedule("mail.mail_activity_data_todo", date(2026, 3, 6), user_id=self.olga.id)
        with freeze_time("2026-03-07 09:00:00"):
            self.env.flush_all()
            self.assertEqual(self.olga._get_streaks()[self.olga]["steps"].length, 0)


@tagged("post_install", "-at_install")
class TestWeekLink(WeekCase, HttpCase):
    def test_one_click(self):
        """Opening the link stops nothing; its button does, and so does a mail program's own, without a session."""
        self.send()
        headers = ast.literal_eval(self.weeks.search([("user_id", "=", self.olga.id)]).mail_id.headers)
        self.assertEqual(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        link = re.sub(r"^<https?://[^/]+|>$", "", headers["List-Unsubscribe"])
        page = self.url_open(link)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Stop this mail", page.text)
        self.assertFalse(self.olga.game_week_off)
        self.assertEqual(self.url_open(link, data={"List-Unsubscribe": "One-Click"}).status_code, 200)
        self.assertTrue(self.olga.game_week_off)
        self.assertIn("Get it again", self.url_open(link).text)
        self.url_open(link, data={"way": "resume"})
        self.assertFalse(self.olga.game_week_off)

    def test_no_link_of_ours(self):
        """Another's signature, or none, opens nothing."""
        self.assertEqual(self.url_open("/game-week/abc").status_code, 404)
        token = self.weeks._token_of(self.olga)
        other = token[:-3] + ("abc" if not token.endswith("abc") else "abd")
        self.assertEqual(self.url_open(f"/game-week/{other}").status_code, 404)

    def test_preferences(self):
        """Everybody switches his own off, and nobody another's."""
        self.olga.with_user(self.olga).game_week_off = True
        with self.assertRaises(AccessError):
            self.olga.with_user(self.otto).game_week_off = False
        self.assertTrue(self.olga.game_week_off)
