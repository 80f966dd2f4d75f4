from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

import psycopg2

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.crm_reports.models.crm_view_mail import SETTING
from odoo.addons.crm_reports.models.crm_view_mail_sending_steps import MOST_TRIES

from .view_mail_common import ViewMailCase

# Budapest is at UTC+1, São Paulo at UTC-3
MONDAY = datetime(2026, 2, 2, 3, 0)


@tagged("post_install", "-at_install")
class TestViewMailJob(ViewMailCase):
    """When it is sent, to whom, and never twice."""

    def setUp(self):
        super().setUp()
        self.set_now(MONDAY)

    def on(self, **vals):
        mail = self.view_mail(**vals)
        mail.action_switch_on()
        return mail

    def states(self, mail):
        return self.sendings(mail).mapped("state")

    @contextmanager
    def broken(self, times=1):
        """Writing the mail breaks so many times."""
        kind = type(self.env["crm.view.mail"])
        left, known = [times], kind._letter

        def letter(this, *args, **kwargs):
            if left[0]:
                left[0] -= 1
                raise RuntimeError("broken")
            return known(this, *args, **kwargs)

        with (
            patch.object(kind, "_letter", letter),
            mute_logger("odoo.addons.crm_reports.models.crm_view_mail_sending_steps"),
        ):
            yield

    def test_own_clock(self):
        """Each recipient gets it at seven by his own clock."""
        mail = self.on(to=("olga", "aldo"))
        self.assertEqual(
            mail.recipient_ids.mapped("next_at"), [datetime(2026, 2, 2, 6, 0), datetime(2026, 2, 2, 10, 0)]
        )
        self.run_job(datetime(2026, 2, 2, 6, 1))
        self.assertEqual(self.sendings(mail).user_id, self.users["olga"])
        self.run_job(datetime(2026, 2, 2, 10, 1))
        self.assertEqual(self.sendings(mail).user_id, self.users["olga"] | self.users["aldo"])

    def test_summer_time(self):
        """Over the change of the clocks it stays seven: 6:00 UTC the day before, 5:00 after."""
        self.set_now(datetime(2026, 3, 28, 3, 0))
        mail = self.on(to=("olga",))
        self.assertEqual(mail.next_at, datetime(2026, 3, 28, 6, 0))
        self.run_job(datetime(2026, 3, 28, 6, 1))
        self.assertEqual(mail.next_at, datetime(2026, 3, 29, 5, 0))

    def test_never_twice(self):
        """The job runs again and again: one mail. The database itself refuses a second row."""
        mail = self.on()
        for _run in range(3):
            self.run_job(datetime(2026, 2, 2, 8, 0))
        self.assertEqual(self.states(mail), ["queued"])
        row = self.sendings(mail)
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            row.copy({"recipient_id": row.recipient_id.id, "moment": row.moment})
            self.env.flush_all()

    def test_long_off(self):
        """The server was off for ten days: one mail, then the next at its time."""
        mail = self.on()
        self.run_job(datetime(2026, 2, 12, 12, 0))
        self.assertEqual(len(self.sendings(mail)), 1)
        self.assertEqual(mail.next_at, datetime(2026, 2, 13, 7, 0))

    def test_killed_between(self):
        """The job dies after the rows were noted, before the mails: the next run writes them, each once."""
        mail = self.on(to=("olga", "mona"))
        self.set_now(datetime(2026, 2, 2, 8, 0))
        self.env["crm.view.mail"]._note_due()
        self.assertEqual(self.states(mail), ["waiting", "waiting"])
        self.sendings(mail)[0]._go_on()
        self.run_job()
        self.assertEqual(self.states(mail), ["queued", "queued"])
        self.assertEqual(len(self.sendings(mail).mail_id), 2)

    def test_breaks(self):
        """Writing breaks: nothing of it is left, it is tried again later; at last it is given up, the owner told."""
        mail = self.on()
        moment = datetime(2026, 2, 2, 8, 0)
        with self.broken():
            self.run_job(moment)
            self.assertEqual((self.states(mail), self.sendings(mail).tries), (["waiting"], 1))
            self.assertFalse(self.sendings(mail).mail_id)
            self.run_job(moment + timedelta(minutes=5))
            self.assertEqual(self.states(mail), ["waiting"])
            self.run_job(moment + timedelta(hours=1))
        self.assertEqual(self.states(mail), ["queued"])
        other = self.on(name="Other")
        with self.broken(99):
            for step in range(5):
                self.run_job(moment + timedelta(days=1, hours=2 * step))
        row = self.sendings(other)
        self.assertEqual((row.state, row.tries, row.reason), ("failed", MOST_TRIES, "broken"))
        said = self.env["mail.message"].search([("body", "ilike", "could not be sent")])
        self.assertTrue(said)

    def test_one_breaks_others_go_on(self):
        """One recipient's mail breaks, the others get theirs."""
        mail = self.on(to=("olga", "mona", "lena"))
        with self.broken():
            self.run_job(datetime(2026, 2, 2, 12, 0))
        self.assertEqual(sorted(self.states(mail)), ["queued", "queued", "waiting"])

    def test_queue_fails(self):
        """The mail server refuses: the same mail goes back to the queue, there is never a second one."""
        mail = self.on()
        moment = datetime(2026, 2, 2, 8, 0)
        self.run_job(moment)
        row = self.sendings(mail)
        letter = row.mail_id
        letter.write({"state": "exception", "failure_type": "mail_smtp", "failure_reason": "refused"})
        self.run_job(moment + timedelta(hours=1))
        self.assertEqual((row.state, letter.state, row.tries), ("queued", "outgoing", 1))
        letter.state = "sent"
        self.run_job(moment + timedelta(hours=3))
        self.assertEqual(row.state, "sent")
        self.assertEqual(self.sendings(mail).mail_id, letter)

    def test_queue_fails_for_good(self):
        """Refused each time, or for an address that is none: it fails, and is not sent any more."""
        mail = self.on()
        moment = datetime(2026, 2, 2, 8, 0)
        self.run_job(moment)
        row = self.sendings(mail)
        for step in range(1, MOST_TRIES + 1):
            row.mail_id.write({"state": "exception", "failure_type": "mail_smtp"})
            self.run_job(moment + timedelta(hours=3 * step))
        self.assertEqual((row.state, row.mail_id.state), ("failed", "exception"))
        other = self.on(name="Other")
        self.run_job(datetime(2026, 2, 3, 8, 0))
        row = self.sendings(other)
        row.mail_id.write({"state": "exception", "failure_type": "mail_email_invalid"})
        self.run_job(datetime(2026, 2, 3, 9, 0))
        self.assertEqual((row.state, row.mail_id.state), ("failed", "exception"))

    def test_limit(self):
        """Only above 5000: Olga's leads are worth less, Mona's more."""
        mail = self.on(to=("olga", "mona"), has_limit=True, limit_measure="expected_revenue", limit_value=1000)
        self.run_job(datetime(2026, 2, 2, 12, 0))
        by_user = {row.user_id: (row.state, row.reason) for row in self.sendings(mail)}
        self.assertEqual(by_user[self.users["olga"]], ("skipped", "The limit was not passed"))
        self.assertEqual(by_user[self.users["mona"]][0], "queued")

    def test_empty(self):
        """Nothing to show is not sent, unless it is wanted."""
        none = "[('id', '=', 0)]"
        mail, wanted = self.on(domain=none), self.on(domain=none, skip_empty=False)
        self.run_job(datetime(2026, 2, 2, 12, 0))
        self.assertEqual((self.states(mail), self.states(wanted)), (["skipped"], ["queued"]))
        self.assertIn("nothing to show", self.sendings(wanted).mail_id.body_html)

    def test_compare(self):
        """The second mail says what changed since the first, up and down."""
        mail = self.on()
        self.run_job(datetime(2026, 2, 2, 8, 0))
        self.assertNotIn("▲", self.sendings(mail).mail_id.body_html)
        self.leads["south_sara"].expected_revenue = 4500
        self.leads["north_nobody"].unlink()
        self.run_job(datetime(2026, 2, 3, 8, 0))
        body = self.sendings(mail)[-1].mail_id.body_html
        self.assertRegex(body, r"▲[^<]*500")
        self.assertIn("▼", body)

    def test_lost_right(self):
        """Olga may no longer read leads: one sentence once, the owner is told once, Mona gets hers as ever."""
        mail = self.on(to=("olga", "mona"))
        self.users["olga"].group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        for day in (2, 3, 4):
            self.run_job(datetime(2026, 2, day, 12, 0))
        rows = self.sendings(mail)
        to_olga = rows.filtered(lambda row: row.user_id == self.users["olga"])
        self.assertEqual(to_olga.mapped("state"), ["queued", "skipped", "skipped"])
        self.assertIn("You may no longer read", to_olga[0].mail_id.body_html)
        self.assertNotIn("<table", to_olga[0].mail_id.body_html)
        self.assertEqual((rows - to_olga).mapped("state"), ["queued"] * 3)
        self.assertEqual(self.env["mail.message"].search_count([("body", "ilike", "can't be shown to Olga")]), 1)

    def test_no_address(self):
        """No e-mail address: the form says so, and so does the row."""
        mail = self.on(to=("olga",))
        self.users["olga"].partner_id.email = False
        self.assertEqual(mail.recipient_ids.hint, "No e-mail address")
        self.run_job(datetime(2026, 2, 2, 12, 0))
        self.assertRecordValues(
            self.sendings(mail), [{"state": "skipped", "reason": "The recipient has no e-mail address"}]
        )

    def test_archived(self):
        """An archived recipient gets nothing; an archived owner pauses it, with the reason."""
        mail = self.on(to=("olga", "mona"))
        self.users["olga"].active = False
        self.run_job(datetime(2026, 2, 2, 12, 0))
        self.assertEqual(sorted(self.states(mail)), ["queued", "skipped"])
        self.users["mona"].active = False
        self.run_job(datetime(2026, 2, 3, 12, 0))
        self.assertEqual(len(self.sendings(mail)), 2)
        self.assertRecordValues(mail, [{"state": "paused", "pause_reason": "The owner Mona is archived."}])
        self.assertFalse(mail.next_at)

    def test_snapshot(self):
        """A contact gets the owner's figures once he confirms; no more after the view or the address changed."""
        contact = self.env["res.partner"].create(
            {"name": "Demo Contact", "email": "contact@example.com", "lang": "en_US"}
        )
        mail = self.on(recipient_ids=[Command.create({"partner_id": contact.id})])
        self.run_job(datetime(2026, 2, 2, 12, 0))
        self.assertEqual(self.sendings(mail).reason, "The owner has not confirmed the snapshot")
        mail.recipient_ids.with_user(self.users["mona"]).action_confirm()
        self.run_job(datetime(2026, 2, 3, 12, 0))
        row = self.sendings(mail)[-1]
        self.assertEqual((row.state, row.rows, row.mail_id.recipient_ids), ("queued", 6, contact))
        self.assertIn("Figures as", row.mail_id.body_html)
        self.assertNotIn('/mailed-view"', row.mail_id.body_html)
        contact.email = "other@example.com"
        self.run_job(datetime(2026, 2, 4, 12, 0))
        self.assertEqual(self.sendings(mail)[-1].state, "skipped")
        mail.recipient_ids.with_user(self.users["mona"]).action_confirm()
        mail.with_user(self.users["mona"]).domain = "[]"
        self.assertFalse(mail.recipient_ids.is_confirmed)

    def test_off(self):
        """The setting is off: nothing is sent, at once."""
        mail = self.on()
        self.env["ir.config_parameter"].set_param(SETTING, False)
        self.run_job(datetime(2026, 2, 2, 12, 0))
        self.assertFalse(self.sendings(mail))

    def test_paused_is_not_sent(self):
        """Paused by the owner, or by the recipient: nothing is due."""
        mail = self.on()
        mail.action_pause()
        self.assertFalse(mail.next_at)
        mail.action_switch_on()
        mail.recipient_ids._set_state("paused")
        self.assertFalse(mail.next_at)
        self.run_job(datetime(2026, 2, 9, 12, 0))
        self.assertFalse(self.sendings(mail))

    def test_cron_record(self):
        """The job as the server runs it: inactive when installed, and it does its work."""
        job = self.env.ref("crm_reports.ir_cron_view_mail")
        mail = self.on()
        self.set_now(datetime(2026, 2, 2, 12, 0))
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.states(mail), ["queued"])

    def test_query_count(self):
        """A hundred recipients that are due are noted without a query for each."""
        users = self.env["res.users"].create(
            [{"name": f"demo {n}", "login": f"demo_{n}", "tz": "UTC", "email": f"{n}@example.com"} for n in range(60)]
        )
        mail = self.on(recipient_ids=[Command.create({"user_id": user.id}) for user in users])
        self.set_now(datetime(2026, 2, 2, 12, 0))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            self.env["crm.view.mail"]._note_due()
            self.env.flush_all()
        self.assertEqual(len(self.sendings(mail)), 60)
