from datetime import datetime
from unittest.mock import patch

from odoo.tests import RecordCapturer, tagged

from .keeping_common import KeepingCase


class GoneContactCase(KeepingCase):
    """A log of its own, of what three contacts did."""

    def setUp(self):
        super().setUp()
        self.begin_the_log_here()
        self.anna, self.berta, self.carl = self.env["res.partner"].create(
            [{"name": name, "email": "x@customer.example.com"} for name in ("Anna", "Berta", "Carl")]
        )

    def actors(self):
        events = self.Event.search([("lead_id", "=", self.lead.id)], order="id")
        return [(event.actor_id, event.model, event.res_id) for event in events]

    def tell_of(self, *partners):
        for number, partner in enumerate(partners, start=1):
            self.tell("message_in", actor_id=partner.id, model="mail.message", res_id=number)

    def statements(self, work):
        """What is asked of the database meanwhile."""
        asked, execute = [], type(self.env.cr).execute

        def spy(cursor, query, *args, **kwargs):
            asked.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", spy):
            work()
            self.env.flush_all()
            self.env.cr.precommit.run()
        return asked

    def assertCheap(self, work):
        """It does not go over the log, but triggers the job that does, once."""
        cron = self.env.ref("crm_core.ir_cron_event_erasure")
        with RecordCapturer(self.env["ir.cron.trigger"].sudo(), [("cron_id", "=", cron.id)]) as triggers:
            asked = self.statements(work)
        self.assertEqual(len(triggers.records), 1)
        self.assertFalse([each for each in asked if "crm_lead_event " in each or '"crm_lead_event"' in each])


@tagged("post_install", "-at_install")
class TestErasure(GoneContactCase):
    """Contacts that are deleted go from the log."""

    def test_deleted(self):
        """The job takes deleted contacts out of all events that name them, and leaves the others."""
        self.tell_of(self.anna, self.berta, self.anna, self.carl, self.anna)
        (self.anna | self.berta).unlink()
        self.job("erasure")
        blank = (False, False, False)
        self.assertEqual(self.actors(), [blank, blank, blank, (self.carl.id, "mail.message", 4), blank])
        self.assertFalse(self.env["crm.lead.event.erasure"].search([]), "nothing is left to do")
        self.assertEqual(len(self.Event.search([("lead_id", "=", self.lead.id)])), 5, "that it happened stays")

    def test_deleting_is_cheap(self):
        """Deleting a contact does not go over the log; many of them are one job."""
        self.tell_of(self.anna)
        self.assertCheap((self.anna | self.berta | self.carl).unlink)

    def test_privacy_lookup_deletes_so(self):
        """Odoo's privacy lookup deletes as the superuser, whoever asks: the job is told all the same."""
        self.anna.with_user(self.users["mona"]).sudo().unlink()
        self.assertEqual(self.env["crm.lead.event.erasure"].search([]).mapped("partner_id"), [self.anna.id])

    def test_user_deleted(self):
        """A user who is deleted leaves his contact: he stays in the log."""
        user = self.users["otto"]
        partner = user.partner_id
        self.tell_of(partner)
        user.unlink()
        self.job("erasure")
        self.assertEqual(self.actors(), [(partner.id, "mail.message", 1)])

    def test_killed(self):
        """A job that was killed goes on; a contact deleted meanwhile is taken out from the beginning."""
        for committed in (False, True):
            with self.subTest(committed=committed):
                self.begin_the_log_here()
                anna, berta = self.env["res.partner"].create([{"name": "Anna"}, {"name": "Berta"}])
                self.tell_of(anna, berta, anna, berta, anna)
                anna.unlink()
                self.kill("erasure", committed)
                blanked = [actor for actor, _model, _res in self.actors()].count(False)
                self.assertEqual(blanked, 2 if committed else 1)
                berta.unlink()
                self.job("erasure")
                self.assertEqual(self.actors(), [(False, False, False)] * 5)

    def test_open_steps_unknown(self):
        """A step that no longer says which it was makes the open steps of its lead unknown, no others."""
        other = self.leads["south_sara"]
        for lead, partner in ((self.lead, self.anna), (other, self.carl)):
            self.tell(
                "activity_planned",
                lead=lead,
                actor_id=partner.id,
                model="mail.activity",
                res_id=lead.id,
                data={"deadline": "2026-04-01"},
            )
        self.anna.unlink()
        self.job("erasure")
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-01-01' WHERE id = %s", (self.lead.id,))
        self.env.invalidate_all()
        states = self.Event._as_of(self.lead | other, datetime(2100, 1, 1))
        self.assertEqual((states[self.lead.id].open_steps, states[self.lead.id].unknown), ((), {"open_steps"}))
        self.assertEqual(len(states[other.id].open_steps), 1)
        self.assertFalse(states[other.id].unknown)
