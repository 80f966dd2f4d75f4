from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .past_common import START, PastCase


@tagged("post_install", "-at_install")
class TestPastJob(PastCase):
    """The job that tells earlier history: killed, stopped, and who may start it."""

    def test_killed(self):
        """Killed in the middle: what was told stays, the rest is told by the next run, nothing twice."""
        leads = [self.make(START + timedelta(minutes=number)) for number in range(6)]
        self.forget()
        model, original, calls = type(self.Event), type(self.Event)._tell_past, []

        def dying(events, name, lowest, below):
            calls.append(lowest)
            if len(calls) >= 3:
                original(events, name, lowest, below)
                raise ZeroDivisionError
            return original(events, name, lowest, below)

        job = self.env.ref("crm_core.ir_cron_event_past")
        self.env["crm.lead.event.past"]._start()
        with patch("odoo.addons.crm_core.models.crm_lead_event_past_job.BATCH", 2):
            with (
                patch.object(model, "_tell_past", dying),
                mute_logger("odoo.addons.base.models.ir_cron"),
                self.enter_registry_test_mode(),
            ):
                job.method_direct_trigger()
            self.assertGreaterEqual(len(calls), 3)
            self.env.invalidate_all()
            told = [lead for lead in leads if self.kinds(lead)]
            self.assertTrue(0 < len(told) < len(leads), "two batches of the newest leads")
            self.assertEqual(told, leads[-len(told) :], "the newest first")
            self.assertEqual(self.env["crm.lead.event.past"]._how_far()[0], "running")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual([self.kinds(lead) for lead in leads], [["created"]] * 6)
        self.assertEqual(self.env["crm.lead.event.past"]._how_far()[:2], ("told", 100))

    def test_stopped(self):
        """Stop takes hold after the batch; going on continues where it was."""
        self.make(START)
        self.forget()
        settings = self.env["res.config.settings"].create({})
        settings.action_tell_past()
        settings.action_stop_telling_past()
        with self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_event_past").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.env["res.config.settings"].create({}).crm_past_state, "stopped")
        self.assertEqual(self.log(), [])
        settings.action_tell_past()
        with self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_event_past").method_direct_trigger()
        self.env.invalidate_all()
        self.assertRecordValues(
            self.env["res.config.settings"].create({}), [{"crm_past_state": "told", "crm_past_progress": 100}]
        )
        self.assertTrue(self.log())

    def test_settings_are_for_administrators(self):
        """Also where the method is called past the web client, on no record."""
        for name in ("olga", "mona", "petra"):
            settings = self.env["res.config.settings"].with_user(self.users[name])
            for method in ("action_tell_past", "action_stop_telling_past", "action_fill_company_profiles"):
                with self.subTest(name, method=method), self.assertRaises(AccessError):
                    getattr(settings, method)()
