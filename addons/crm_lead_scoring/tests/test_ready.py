from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rule_common import RuleCase


@tagged("post_install", "-at_install")
class TestReady(RuleCase):
    """Which leads are ready to convert, why, and that they convert themselves where the team wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rule.create({"name": "Rome", "filter_domain": "[('city', '=', 'Rome')]", "points": 50})
        cls.job = cls.env.ref("crm_lead_scoring.ir_cron_ready")

    def require(self, *names):
        found = self.env["ir.model.fields"].search([("model", "=", "crm.lead"), ("name", "in", names)])
        self.north.ready_required_field_ids = [Command.set(found.ids)]

    def ready(self, leads):
        """Those found by the filter; the field says the same of each."""
        leads.invalidate_recordset()
        every = self.env["crm.lead"].with_context(active_test=False)
        found = every.search([("is_ready_to_convert", "=", True), ("id", "in", leads.ids)])
        rest = every.search([("is_ready_to_convert", "=", False), ("id", "in", leads.ids)])
        self.assertEqual(found, leads.filtered("is_ready_to_convert").sorted())
        self.assertEqual(rest, (leads - found).sorted())
        return found

    def test_no_bar(self):
        """A team without a bar has no ready leads."""
        self.assertFalse(self.ready(self.make(2, city="Rome")))

    def test_points(self):
        """Enough points, with the reason; too few, with what is missing."""
        self.north.ready_rule_points = 50
        good, bad = self.make(city="Rome"), self.make()
        self.assertEqual(self.ready(good + bad), good)
        self.assertEqual(good.ready_reason, "50 of 50 points by rule")
        self.assertEqual(bad.ready_reason, "Still missing: 0 of 50 points by rule")

    def test_all_bars(self):
        """Every bar that is set has to be passed; numbers count as known when they are not zero."""
        self.north.ready_rule_points = 50
        self.require("phone", "expected_revenue", "tag_ids")
        tag = self.env["crm.tag"].create({"name": "a tag"})
        whole = {"city": "Rome", "phone": "+36 1 234 5678", "expected_revenue": 5, "tag_ids": tag.ids}
        good = self.make(**whole)
        rest = self.env["crm.lead"]
        for name, nothing in (("city", False), ("phone", False), ("expected_revenue", 0), ("tag_ids", False)):
            rest += self.make(**{**whole, name: nothing})
        self.assertEqual(self.ready(good + rest), good)
        self.assertIn("Phone", rest[1].ready_reason)

    def test_score(self):
        """The learned score is a bar too, where the field is there."""
        if "win_score" not in self.env["crm.lead"]._fields:
            self.north.ready_win_score = 70
            self.assertFalse(self.north._ready_bars())
            return
        self.north.ready_win_score = 70
        good, bad = self.make(2)
        self.env.cr.execute("UPDATE crm_lead SET win_score = 70 WHERE id = %s", (good.id,))
        self.env.cr.execute("UPDATE crm_lead SET win_score = 69 WHERE id = %s", (bad.id,))
        self.env.invalidate_all()
        self.assertEqual(self.ready(good + bad), good)

    def test_only_waiting_leads(self):
        """Opportunities, won, lost and archived ones and leads of other teams are not ready."""
        self.north.ready_rule_points = 50
        leads = self.make(5, city="Rome")
        leads[0].type = "opportunity"
        leads[1].action_set_lost()
        leads[2].active = False
        leads[3].team_id = self.south
        self.settle()
        self.assertEqual(self.ready(leads), leads[4])

    def test_salesperson_sees_why(self):
        """A salesperson reads state and reason without seeing rules or the team's fields."""
        self.north.ready_rule_points = 50
        self.require("phone")
        lead = self.make(city="Rome", phone="+36 1 234 5678", user_id=self.users["olga"].id).with_user(
            self.users["olga"]
        )
        lead.invalidate_recordset()
        self.assertTrue(lead.is_ready_to_convert)
        self.assertIn("Phone", lead.ready_reason)
        self.assertEqual(lead.search([("is_ready_to_convert", "=", True), ("id", "=", lead.id)]), lead)

    def test_manager_sets_bars(self):
        """A sales manager who is no administrator chooses among the lead's fields and reads what was chosen."""
        team, fields_ = self.north.with_user(self.users["mona"]), self.env["ir.model.fields"]
        domain = team._fields["ready_required_field_ids"].get_description(self.env)["domain"]
        phone = fields_.with_user(self.users["mona"]).name_search("Phone", domain)
        team.write({"ready_rule_points": 5, "ready_required_field_ids": [Command.set([phone[0][0]])]})
        team.invalidate_recordset()
        self.assertTrue(team.web_read({"ready_required_field_ids": {"fields": {"display_name": {}}}}))
        self.assertFalse(fields_.with_user(self.users["lena"]).has_access("read"))

    def test_job(self):
        """The job is on while a team wants it, converts what is ready and says why; other teams' leads stay."""
        (self.north + self.south).ready_rule_points = 50
        self.assertFalse(self.job.active)
        self.north.ready_auto_convert = True
        self.assertTrue(self.job.active)
        good, bad, other = self.make(city="Rome"), self.make(), self.make(city="Rome", team_id=self.south.id)
        self.run_job(self.job)
        self.assertEqual((good + bad + other).mapped("type"), ["opportunity", "lead", "lead"])
        self.assertIn("50 of 50 points", "".join(good.message_ids.mapped("body")))
        self.assertTrue(good.date_conversion)
        self.north.ready_auto_convert = False
        self.assertFalse(self.job.active)

    def test_one_that_fails(self):
        """A lead that can't be converted stops none of the others."""
        self.north.write({"ready_rule_points": 50, "ready_auto_convert": True})
        leads = self.make(3, city="Rome")
        convert = self.registry["crm.lead"].convert_opportunity

        def failing(lead, *args, **kwargs):
            if lead == leads[1]:
                lead.name = "half done"
                self.env.cr.execute("SELECT 1 / 0")
            return convert(lead, *args, **kwargs)

        with (
            patch.object(self.registry["crm.lead"], "convert_opportunity", failing),
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.crm_lead_scoring.models.crm_lead_ready", "ERROR"),
        ):
            self.run_job(self.job)
        self.assertEqual(leads.mapped("type"), ["opportunity", "lead", "opportunity"])
        self.assertNotEqual(leads[1].name, "half done")

    def test_trial(self):
        """Past leads: how many would be ready and how many of these were won; points are worked out anew."""
        self.north.ready_rule_points = 50
        won, lost, other = self.make(3, city="Rome")
        poor = self.make()
        won.action_set_won()
        (lost + poor).action_set_lost()
        self.settle()
        self.env.cr.execute("UPDATE crm_lead SET rule_score = NULL")
        self.env.cr.execute("DELETE FROM crm_lead WHERE id NOT IN %s", (tuple((won + lost + other + poor).ids),))
        self.env.invalidate_all()
        action = self.north.with_user(self.users["mona"]).action_try_ready()
        trial = self.env["crm.ready.trial"].browse(action["res_id"])
        self.assertRecordValues(
            trial,
            [{"lead_count": 4, "ready_count": 3, "ready_won_count": 1, "ready_won_rate": 0.5, "waiting_count": 0}],
        )
        self.assertAlmostEqual(trial.won_rate, 1 / 3)
        self.assertEqual(other.type, "lead")

    def test_trial_without_bars(self):
        """Without a bar the trial says so instead of showing that all are ready."""
        action = self.north.with_user(self.users["mona"]).action_try_ready()
        self.assertRecordValues(
            self.env["crm.ready.trial"].browse(action["res_id"]), [{"has_bars": False, "ready_count": 0}]
        )
