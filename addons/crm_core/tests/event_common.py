from datetime import timedelta

from .common import CrmCoreCase


class EventCase(CrmCoreCase):
    """What tests of the event log share: one lead, what is told of it, and history told afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.leads["north_olga"]
        cls.lead.write({"email_from": "anna@customer.example.com", "partner_id": False})
        cls.Event = cls.env["crm.lead.event"]
        cls.Event._flush()
        cls.env.flush_all()
        cls.stage = cls.env["crm.stage"].create({"name": "Later", "sequence": 50})
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    def told(self, lead=None, since=None):
        """(kind, data) of all events of the lead that were not there at `since`."""
        self.Event._flush()
        events = self.Event.search([("lead_id", "=", (lead or self.lead).id)], order="id")
        return [(event.kind, event.data or {}) for event in events if event.id > (since or self.last)]

    def rows(self, leads):
        """All that the log says of leads, but for what it learned when and from which record."""
        self.Event._flush()
        self.env.cr.execute(
            "SELECT lead_id, kind, moment, actor_id, COALESCE(direction, ''), COALESCE(data, '{}')::text"
            " FROM crm_lead_event WHERE lead_id = ANY(%s)",
            [leads.ids],
        )
        return sorted(self.env.cr.fetchall(), key=str)

    def assertSameLog(self, told, live):
        """The same rows; moments may differ by what passed between two traces of one cause."""

        def split(rows):
            rows = sorted(((row[:2] + row[3:], row[2]) for row in rows), key=str)
            return [row for row, _moment in rows], [moment for _row, moment in rows]

        (told, told_at), (live, live_at) = split(told), split(live)
        self.assertEqual(told, live)
        for one, other in zip(told_at, live_at, strict=True):
            self.assertAlmostEqual(one, other, delta=timedelta(seconds=30))

    def forget_log(self, leads):
        """As if the addon were installed only now."""
        self.env.cr.precommit.run()
        self.env.cr.execute("DELETE FROM crm_lead_event WHERE lead_id = ANY(%s)", [leads.ids])
        self.env["ir.config_parameter"].search([("key", "=", "crm_core.event_log_start")]).unlink()
        self.Event._start_log()
        self.env.invalidate_all()

    def tell_past(self):
        """The button, and the job to its end."""
        self.env["crm.lead.event.past"]._start()
        with self.enter_registry_test_mode():
            self.env.ref("crm_core.ir_cron_event_past").method_direct_trigger()
        self.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.Event._flush()
        self.last = self.Event.search([], order="id desc", limit=1).id
