import random
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .report_checks import MEASURES, ReportCheckCase, is_open


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestReports(ReportCheckCase):
    """Each ready report: what it shows is what plain Python counts, and each number is its list."""

    def test_lead_reports(self):
        """Every report on leads that needs nothing counted: each group, each measure, each list behind it."""
        reports = self._ready(("model", "=", "crm.lead"), ("needs_figures", "=", False)).filtered(
            lambda report: "attention_state" not in (report.domain or "")
        )
        self.assertGreaterEqual(len(reports), 45)
        for report in reports:
            with self.subTest(report.name):
                self._check(report)

    def test_attention_reports(self):
        """Unattended is the attention state and nothing else."""
        states = ["waiting_for_us", "overdue", "no_next_step", "stalled", "sleeping", "on_track"]
        for number, lead in enumerate(self.leads.filtered(is_open)):
            self.env.cr.execute("UPDATE crm_lead SET attention_state = %s WHERE id = %s", [states[number % 6], lead.id])
        self.env.invalidate_all()
        reports = self._ready(("domain", "like", "attention_state"))
        self.assertEqual(len(reports), 3)
        for report in reports:
            with self.subTest(report.name):
                self._check(report)

    def test_counted_reports(self):
        """Reports of what is counted: here the counts are drawn by chance, each lead's own."""
        chance = random.Random(7)
        names = ("contacts_in", "contacts_out", "activities_done", "meetings_held", "date_moves")
        for lead in self.leads:
            self.env.cr.execute(
                "INSERT INTO crm_lead_facts (lead_id, contacts_in, contacts_out, activities_done, meetings_held,"
                " date_moves, first_answer_hours) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [lead.id, *(chance.randint(0, 9) for _name in names), chance.choice([None, chance.uniform(0, 90)])],
            )
        facts = {row["lead_id"][0]: row for row in self.env["crm.lead.facts"].search([]).read()}
        self.env.cr.execute("SELECT lead_id FROM crm_lead_facts WHERE first_answer_hours IS NULL")
        unanswered = {row[0] for row in self.env.cr.fetchall()}

        def fact(name):
            return lambda lead: facts[lead.id][name]

        counted = {name: fact(name) for name in names} | {
            "first_answer_hours": lambda lead: (None if lead.id in unanswered else facts[lead.id]["first_answer_hours"])
        }
        reports = self._ready(("model", "=", "crm.lead"), ("needs_figures", "=", True))
        self.assertGreaterEqual(len(reports), 6)
        with patch.dict(MEASURES, counted):
            for report in reports:
                with self.subTest(report.name):
                    self._check(report)

    def test_other_models(self):
        """Reports of stays in stages and of activities: each group is its list, and sums to the whole."""
        chance = random.Random(8)
        for lead in self.leads:
            entered = NOW - timedelta(days=chance.randint(1, 600))
            for outcome in chance.sample(["on", "back", "won", "lost", "open"], 2):
                days_there = None if outcome == "open" else chance.uniform(0, 40)
                left = None if outcome == "open" else entered + timedelta(days=days_there)
                went_on = {"on": 100, "won": 100, "back": 0, "lost": 0}.get(outcome)
                self.env.cr.execute(
                    "INSERT INTO crm_lead_passage"
                    " (lead_id, stage_id, entered, left_at, days, outcome, went_on, user_id)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                    [lead.id, chance.choice(self.stages).id, entered, left, days_there, outcome, went_on,
                     lead.user_id.id or None],
                )  # fmt: skip
        kind = self.env["mail.activity.type"].search([], limit=1)
        for lead in self.leads[:20]:
            lead.message_post(body="Done", subtype_xmlid="mail.mt_activities", mail_activity_type_id=kind.id)
        self.env.flush_all()
        reports = self._ready(("model", "!=", "crm.lead"))
        self.assertGreaterEqual(len(reports), 6)
        for report in reports:
            with self.subTest(report.name):
                self._check(report)

    def test_default_period(self):
        """What closed more than 24 months ago is not in "Monthly Closings" at first."""
        report = self.env.ref("crm_reports.report_monthly_closings")
        domain = self._domain(report)
        since = NOW - timedelta(days=730)
        won = self.leads.filtered(lambda lead: lead.won_status == "won")
        self.assertTrue(won.filtered(lambda lead: lead.date_closed < since - timedelta(days=2)))
        self.assertTrue(
            all(lead.date_closed >= since - timedelta(days=2) for lead in self.env["crm.lead"].search(domain))
        )

    def test_own_documents(self):
        """A salesperson with his own documents gets the figures of what he may see."""
        olga, report = self.users[0], self.env.ref("crm_reports.report_monthly_closings")
        model = self.env["crm.lead"].with_user(olga)
        groups = model.formatted_read_group(self._domain(report), [], ["won_count:sum", "won_amount:sum"])
        won = self.leads.filtered(
            lambda lead: lead.won_status == "won"
            and lead.user_id in (olga, self.env["res.users"])
            and lead.date_closed > NOW - timedelta(days=730)
        )
        self.assertEqual(groups[0]["won_count:sum"], len(won))
        self.assertLess(len(won), len(self.leads.filtered(lambda lead: lead.won_status == "won")))
        self.assertAlmostEqual(groups[0]["won_amount:sum"], sum(won.mapped("expected_revenue")), 2)

    def test_record_says_what_its_group_counts(self):
        """A measure read on the lead itself, in a list, is that of the reports; a lead not saved has none."""
        for lead in self.leads[:40]:
            for name, measure in MEASURES.items():
                if name != "day_open":
                    self.assertAlmostEqual(lead[name] or 0, measure(lead) or 0, 2, name)
        self.assertFalse(self.env["crm.lead"].new({"name": "Not saved"}).won_count)

    def test_opens_as_the_reader(self):
        """Salespeople open every report; nobody of them may change one."""
        reports = self.env["crm.report"].with_user(self.users[0]).search([])
        for report in reports:
            action = report.action_open()
            self.assertEqual((action["type"], action["name"]), ("ir.actions.act_window", report.name))
        with self.assertRaises(AccessError):
            reports[0].name = "Mine"

    def test_at_least_36(self):
        """All names and questions are there once."""
        reports = self.env["crm.report"].search([("filter_id", "=", False)])
        self.assertGreaterEqual(len(reports), 36)
        self.assertEqual(len(set(reports.mapped("name"))), len(reports))
        self.assertTrue(all(report.question.endswith("?") for report in reports))

    def test_other_currency(self):
        """Amounts of another company are told in the reader's currency, at the rate of the day."""
        currency = self.env.ref("base.HUF")
        currency.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": NOW.date(), "rate": 400, "company_id": self.company.id}
        )
        other = self.env["res.company"].create({"name": "Other", "currency_id": currency.id})
        self.env["crm.lead"].create(
            {
                "name": "Abroad", "company_id": other.id, "expected_revenue": 40_000,
                "stage_id": self.won_stage.id, "team_id": False, "user_id": False,
            }
        )  # fmt: skip
        leads = self.env["crm.lead"].with_context(allowed_company_ids=[self.company.id, other.id])
        (total,) = leads.formatted_read_group(
            [("name", "=", "Abroad")], [], ["won_amount:sum_currency", "company_currency:array_agg_distinct"]
        )
        self.assertEqual(total["won_amount:sum_currency"], 100)
