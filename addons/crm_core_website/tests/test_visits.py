from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_event_log import WebsiteEventCase


@tagged("post_install", "-at_install")
class TestVisits(WebsiteEventCase):
    """A page is shown as fast as before, and whatever happens to the log."""

    def _queries(self):
        """How many queries a visit takes, with what we add and without."""
        track, counts = self.registry["website.track"], []
        self.url_open("/prices")
        for patched in (False, True):
            with patch.object(track, "_event_record", lambda *_args: None) if patched else mute_logger("none"):
                before = self.env.cr.sql_log_count
                self.url_open("/prices")
                counts.append(self.env.cr.sql_log_count - before)
        return counts

    def test_one_query(self):
        """A visitor without leads: one query more than Odoo needs."""
        self._visitor_comes()
        ours, stock = self._queries()
        self.assertEqual(ours, stock + 1)

    def test_first_visit(self):
        """Who comes for the first time can have no lead: nothing is asked."""
        with patch.object(self.registry["website.track"], "_event_record") as asked:
            self._visitor_comes()
            asked.assert_not_called()
            self.url_open("/prices")
            asked.assert_called_once()

    def test_page_is_shown_when_the_log_fails(self):
        """The log can't be written: the page is shown, the visit is kept, the failure is logged."""
        visitor = self._visitor_comes()
        visitor.lead_ids = [Command.set(self.lead.ids)]
        self.env.flush_all()
        with (
            patch.object(self.registry["crm.lead.event"], "_insert", self._broken),
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.crm_core_website.models.website_track", "ERROR"),
        ):
            answer = self.url_open("/prices")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(visitor.website_track_ids), 2)
        self.assertFalse(self._ours(self.lead))
        self.url_open("/prices")
        self.assertEqual(len(self._ours(self.lead)), 1)

    def _broken(self, _rows):
        self.env.cr.execute("SELECT 1 / 0")

    def test_form_is_taken_when_telling_fails(self):
        """What is told of a form fails: the lead is made all the same."""
        with (
            patch.object(self.registry["website.track"], "_event_visits_before", lambda *_args: 1 / 0),
            self.assertLogs("odoo.addons.crm_core_website.models.crm_lead", "ERROR"),
        ):
            lead = self._send_form()
        self.assertTrue(lead.exists())
        self.assertFalse(self._ours(lead))
        self.assertIn("created", [kind for kind, _data in self.told(lead)])
