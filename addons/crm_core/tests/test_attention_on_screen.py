from odoo.tests import tagged

from .event_common import EventCase

ASKED = {"name": {}, "stage_id": {"fields": {"display_name": {}}}, "attention_state": {}, "attention_reason": {}}


@tagged("post_install", "-at_install")
class TestAttentionOnScreen(EventCase):
    """The form shows after saving what follows from it, and costs nothing where nothing was saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("crm_core.attention", "True")

    def _statements(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        return self.env.cr.sql_log_count - before

    def test_saved(self):
        """The answer to saving has the state of after it beside all else that the form asked for."""
        lead = self.lead.with_user(self.users["olga"])
        (shown,) = lead.web_save({"name": "Renamed", "stage_id": self.stage.id}, ASKED)
        self.assertEqual(set(shown), {"id", *ASKED})
        self.assertEqual((shown["name"], shown["stage_id"]["id"]), ("Renamed", self.stage.id))
        self.assertEqual((shown["attention_state"], shown["attention_reason"]), ("no_next_step", self._words(lead)))
        (shown,) = lead.web_save({"probability": 100, "stage_id": self.won_stage.id}, ASKED)
        self.assertFalse(shown["attention_state"], "won")

    def _words(self, lead):
        self.env.invalidate_all()
        return lead.attention_reason

    def test_several(self):
        """Leads that are saved together come back in their order, each with its own state."""
        leads = (self.leads["north_otto"] | self.lead).with_user(self.users["lena"])
        leads[0].action_set_lost()
        shown = leads.with_context(active_test=False).web_read(ASKED)
        self.assertEqual([row["id"] for row in shown], leads.ids)
        leads[1].expected_revenue = 7
        shown = leads.with_context(active_test=False).web_read(ASKED)
        self.assertEqual([row["attention_state"] for row in shown], [False, "no_next_step"])

    def test_reading_writes_nothing(self):
        """Nothing to tell: reading with the state takes as many queries as reading without the switch."""
        self.lead.expected_revenue = 7
        self.Event._flush()
        lead = self.lead.with_user(self.users["olga"])
        lead.web_read(ASKED)
        on = self._statements(lambda: lead.web_read(ASKED))
        self.env["ir.config_parameter"].set_param("crm_core.attention", False)
        lead.web_read(ASKED)
        self.assertEqual(on, self._statements(lambda: lead.web_read(ASKED)))

    def test_off(self):
        """Switched off, reading does not bring the log up to date: that waits for the transaction's end."""
        self.env["ir.config_parameter"].set_param("crm_core.attention", False)
        self.lead.expected_revenue = 7
        self.lead.web_read(ASKED)
        self.assertTrue(self.Event._is_pending())

    def test_who_acted(self):
        """Who acted is found without loading the user; what his events say is the same."""
        olga = self.users["olga"]
        self.Event._flush()
        self.lead.with_user(olga).expected_revenue = 8
        self.Event.with_user(olga).sudo()._record([{"lead_id": self.lead.id, "kind": "bounce"}])
        self.Event._record([{"lead_id": self.lead.id, "kind": "bounce", "actor_id": None}])
        self.Event._flush()
        told = self.Event.search([("lead_id", "=", self.lead.id)], order="id desc", limit=3)
        self.assertEqual(told.mapped("actor_id"), [0, olga.partner_id.id, olga.partner_id.id])

    def test_uninstalled(self):
        """The function in the database goes with the addon, and comes back with it."""
        found = "SELECT count(*) FROM pg_proc WHERE proname = 'crm_core_attention_facts'"
        counts = []
        for step in (lambda: None, self.env["crm.lead"]._drop_attention_facts, self.env["crm.lead"].init):
            step()
            self.env.cr.execute(found)
            counts += self.env.cr.fetchone()
        self.assertEqual(counts, [1, 0, 1])
