from odoo.tests import tagged

from .event_common import EventCase


@tagged("post_install", "-at_install")
class TestEventChanges(EventCase):
    """What changes on a lead, from its real cause: by what it was and what it is."""

    def test_changes(self):
        """What changes in a transaction is told once, by what it was and what it is."""
        old_stage = self.lead.stage_id
        self.lead.write({"stage_id": self.stage.id, "expected_revenue": 500})
        self.lead.write({"expected_revenue": 700, "date_deadline": "2026-05-01"})
        self.lead.user_id = self.users["otto"]
        self.assertEqual(
            self.told(),
            [
                ("stage_moved", {"from": old_stage.id, "to": self.stage.id}),
                ("owner_changed", {"from": self.users["olga"].id, "to": self.users["otto"].id}),
                ("closing_date_moved", {"from": None, "to": "2026-05-01"}),
                ("amount_changed", {"from": 0, "to": 700}),
            ],
        )

    def test_net_change(self):
        """There and back within a transaction is nothing."""
        self.lead.expected_revenue = 10
        self.lead.expected_revenue = 0
        self.assertFalse(self.told())

    def test_tracking_switched_off(self):
        """The log does not depend on tracking (this class's environment has it switched off)."""
        self.lead.with_context(tracking_disable=True, mail_notrack=True).team_id = self.south
        self.assertIn(("team_changed", {"from": self.north.id, "to": self.south.id}), self.told())

    def test_by_compute(self):
        """Team that follows the new salesperson by compute is told as well."""
        self.lead.user_id = self.users["sara"]
        self.assertIn(("team_changed", {"from": self.north.id, "to": self.south.id}), self.told())

    def test_created(self):
        """A new lead is one event with what it was at first, whatever was set on the way."""
        lead = self.env["crm.lead"].create({"name": "new", "type": "lead", "team_id": self.north.id, "user_id": False})
        lead.stage_id = self.stage
        data = {"type": "lead", "stage": self.stage.id, "team": self.north.id, "user": None}
        self.assertEqual(self.told(lead), [("created", data)])
        lead.convert_opportunity(self.env["res.partner"])
        self.assertIn(("converted", {}), self.told(lead))

    def test_imported(self):
        """Leads from a file are imported, the others created."""
        result = self.env["crm.lead"].with_context(import_file=True).load(["name"], [["one"], ["two"]])
        for lead in self.env["crm.lead"].browse(result["ids"]):
            self.assertEqual([kind for kind, _data in self.told(lead)], ["imported"])

    def test_tagged(self):
        one, two = self.env["crm.tag"].create([{"name": "one"}, {"name": "two"}])
        self.lead.tag_ids = one
        self.assertEqual(self.told(), [("tagged", {"added": one.ids, "removed": []})])
        self.last = self.Event.search([], order="id desc", limit=1).id
        self.lead.tag_ids = two
        self.assertEqual(self.told(), [("tagged", {"added": two.ids, "removed": one.ids})])

    def test_won_lost_reopened(self):
        """Won, lost with its reason, and reopened."""
        reason = self.env["crm.lost.reason"].create({"name": "Too late"})
        self.lead.action_set_won()
        self.assertEqual(self.told()[-1], ("won", {}))
        self.lead.stage_id = self.stage
        self.assertEqual(self.told()[-1], ("reopened", {"from": "won"}))
        self.lead.action_set_lost(lost_reason_id=reason.id)
        self.assertEqual(self.told()[-1], ("lost", {"reason": reason.id}))
        self.lead.action_unarchive()
        self.assertEqual(self.told()[-1], ("reopened", {"from": "lost"}))

    def test_probability(self):
        """Typed probabilities are told, the automatic one is not."""
        self.lead.probability = 77
        self.assertEqual([kind for kind, _data in self.told()], ["probability_set"])
        self.lead.action_set_automated_probability()
        self.assertEqual([kind for kind, _data in self.told()], ["probability_set"])

    def test_scoring_by_sql(self):
        """What the scoring job writes by SQL is no event."""
        self.env["crm.lead"]._cron_update_automated_probabilities()
        self.assertFalse(self.told())
