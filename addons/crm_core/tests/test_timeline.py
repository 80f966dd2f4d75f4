from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .event_common import EventCase

DAY = [datetime(2026, 3, day, 10) for day in range(1, 20)]


@tagged("post_install", "-at_install")
class TestTimeline(EventCase):
    """What the timeline of a lead shows, and to whom."""

    def _tell(self, *told):
        self.Event._record([{"lead_id": self.lead.id, "kind": kind, "moment": moment} for kind, moment in told])

    def _timeline(self, name="olga", **options):
        return self.lead.with_user(self.users[name]).get_timeline(**options)

    def test_words(self):
        """Changes are told by the names that things have today; what is gone is said to be gone."""
        gone = self.env["crm.stage"].create({"name": "Gone", "sequence": 60})
        with freeze_time("2099-01-01"):
            self.lead.write({"stage_id": gone.id, "user_id": self.users["otto"].id, "date_deadline": "2026-05-01"})
            self.Event._flush()
        with freeze_time("2099-01-02"):
            self.lead.stage_id = self.stage
            self.Event._flush()
        gone.unlink()
        texts = {(row["kind"], row["text"]) for row in self._timeline("aldo")["events"]}
        self.assertIn(("owner_changed", "From Olga to Otto"), texts)
        self.assertIn(("stage_moved", "From a deleted one to Later"), texts)
        self.assertIn(("closing_date_moved", "From none to 05/01/2026"), texts)

    def test_groups_and_pages(self):
        """Filtered by group, page by page, each event once."""
        self._tell(*[("note", DAY[number]) for number in range(5)], ("stage_moved", DAY[2]))
        first = self._timeline(groups=["talk"], limit=3)
        second = self._timeline(groups=["talk"], limit=3, before=first["next"])
        self.assertEqual([row["kind"] for row in first["events"] + second["events"]], ["note"] * 5)
        self.assertFalse(second["next"])
        self.assertEqual(len({row["id"] for row in first["events"] + second["events"]}), 5)

    def test_answer(self):
        """How long the other side had waited, since it first wrote."""
        self._tell(("message_in", DAY[1]), ("message_in", DAY[2]), ("auto_reply", DAY[3]), ("call_out", DAY[4]))
        after = {row["kind"]: row["after"] for row in self._timeline()["events"]}
        self.assertEqual(after["call_out"], {"minutes": 3 * 24 * 60, "of": "answer"})
        self.assertFalse(after["message_in"])

    def test_last_contact(self):
        """The last contact either way; notes and machines are none; as many queries for all."""
        self.assertFalse(self.lead.last_contact_date)
        self._tell(("message_out", DAY[1]), ("message_in", DAY[2]), ("note", DAY[3]))
        self.lead.invalidate_recordset(["last_contact_date", "last_contact_direction"])
        self.assertRecordValues(self.lead, [{"last_contact_date": DAY[2], "last_contact_direction": "in"}])
        leads = self.env["crm.lead"].browse([lead.id for lead in self.leads.values()])
        leads.invalidate_recordset(["last_contact_date"])
        with self.assertQueryCount(1):
            leads.mapped("last_contact_date")

    def test_who_sees_it(self):
        """Whoever sees the lead sees its timeline; the portal never does."""
        for name in ("olga", "lena", "aldo", "mona"):
            with self.subTest(name):
                self.assertIn("created", [row["kind"] for row in self._timeline(name)["events"]])
        for name in ("otto", "sara", "fred", "petra"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._timeline(name)
        self.lead.message_subscribe(self.users["petra"].partner_id.ids)
        self.env["ir.rule"].create(
            {"name": "all", "model_id": self.env["ir.model"]._get_id("crm.lead"), "domain_force": "[(1, '=', 1)]"}
        )
        self.env["ir.model.access"].create(
            {
                "name": "portal",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "group_id": self.env.ref("base.group_portal").id,
                "perm_read": True,
            }
        )
        with self.assertRaisesRegex(AccessError, "employees"):
            self._timeline("petra")

    def test_before_the_log(self):
        """A lead that is older than the log says so."""
        self.assertEqual(self._timeline()["note"], "")
        self.env["ir.config_parameter"].set_param("crm_core.event_log_start", '{"moment": "2100-01-01 00:00:00"}')
        self.assertIn("2100", self._timeline()["note"])
