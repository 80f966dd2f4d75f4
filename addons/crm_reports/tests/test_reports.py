import random
from ast import literal_eval
from collections import defaultdict
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import NOW, ReportCase


def days(since, until):
    return (until - since).total_seconds() / 86400


def is_open(lead):
    return lead.active and lead.won_status == "pending"


def closed_as(status):
    return lambda lead: 1 if lead.won_status == status else None


def amount_of(status):
    return lambda lead: lead.expected_revenue if lead.won_status == status else None


def when_open(value):
    return lambda lead: value(lead) if is_open(lead) else None


def late(lead):
    behind = days(lead.date_deadline, NOW.date()) if lead.date_deadline else 0
    return behind if behind > 0 else None


# a second opinion of each measure, in plain Python on what is stored
MEASURES = {
    "won_count": closed_as("won"),
    "lost_count": closed_as("lost"),
    "open_count": when_open(lambda lead: 1),
    "won_rate": lambda lead: {"won": 100, "lost": 0}.get(lead.won_status),
    "won_amount": amount_of("won"),
    "lost_amount": amount_of("lost"),
    "open_amount": when_open(lambda lead: lead.expected_revenue),
    "open_prorated": when_open(lambda lead: lead.prorated_revenue),
    "deal_size": amount_of("won"),
    "cycle_days": lambda lead: days(lead.create_date, lead.date_closed) if lead.won_status == "won" else None,
    "age_days": when_open(lambda lead: days(lead.create_date, NOW)),
    "overdue_days": when_open(late),
    "day_open": lambda lead: lead.day_open if lead.date_open else None,
}
BANDS = {
    "probability_band": (when_open(lambda lead: lead.probability), (20, 40, 60, 80)),
    "age_band": (when_open(lambda lead: days(lead.create_date, NOW)), (7, 30, 90, 180)),
    "amount_band": (lambda lead: lead.expected_revenue, (1_000, 10_000, 50_000, 200_000)),
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestReports(ReportCase):
    """Each ready report: what it shows is what plain Python counts, and each number is its list."""

    def _domain(self, report):
        """Of the action, and of the filters that are set when it opens."""
        model = self.env[report.model]
        domain = Domain(literal_eval(report.action_id.domain))
        search = etree.fromstring(model.get_view(report.action_id.search_view_id.id or None, "search")["arch"])
        for name in report._words("filters"):
            (found,) = search.xpath(f"//filter[@name='{name}']")
            domain &= Domain(literal_eval(found.get("domain")))
        return domain

    def _keys(self, lead, spec):
        """The groups that a lead is in: several by a many2many."""
        name, _colon, granularity = spec.partition(":")
        if name in BANDS:
            value, bounds = BANDS[name]
            found = value(lead)
            return [False if found is None else str(sum(bound <= found for bound in bounds))]
        value = lead[name]
        if granularity == "month":
            return [value and (value.year, value.month)]
        if lead._fields[name].type == "many2many":
            return value.ids or [False]
        return [value.id if lead._fields[name].relational else value]

    def _stored(self, record, name):
        """What the table holds; where it holds nothing, averages leave the record out."""
        if (record._name, name) not in (("crm.lead.passage", "days"), ("crm.lead.passage", "went_on")):
            return record[name]
        return record[name] if record.left_at else None

    def _group_keys(self, group, specs, model):
        keys = []
        for spec in specs:
            name, value = spec.partition(":")[0], group[spec]
            if ":month" in spec:
                value = value and tuple(map(int, value[0].split("-")[:2]))
            elif model._fields[name].relational:
                value = value and value[0]
            keys.append(value)
        return tuple(keys)

    def _counted(self, leads, specs):
        """group -> leads, in plain Python"""
        found = defaultdict(list)
        for lead in leads:
            places = [()]
            for spec in specs:
                places = [(*place, key) for place in places for key in self._keys(lead, spec)]
            for place in places:
                found[place].append(lead)
        return found

    def _check(self, report):
        model, domain = self.env[report.model], self._domain(report)
        specs, measures = report._words("rows") + report._words("columns"), report._words("measures")
        aggregates = [f"{name}:{model._fields[name].aggregator}" for name in measures if name != "__count"]
        groups = model.formatted_read_group(domain, specs, [*aggregates, "__count"])
        self.assertTrue(groups, "the figures of this report are tried on nothing")
        expected = self._counted(model.search(domain), specs)
        # as the pivot asks: all in one query
        *_parts, of_pivot = model.formatted_read_grouping_sets(list(domain), [[], specs], [*aggregates, "__count"])
        self.assertEqual([group["__count"] for group in of_pivot], [group["__count"] for group in groups])
        self.assertEqual({self._group_keys(group, specs, model) for group in groups}, set(expected))
        for group in groups:
            leads = expected[self._group_keys(group, specs, model)]
            self.assertEqual(group["__count"], len(leads))
            self.assertEqual(model.search_count(domain & Domain(group["__extra_domain"])), len(leads))
            for spec in aggregates:
                name, _colon, aggregator = spec.partition(":")
                values = [MEASURES.get(name, lambda lead, name=name: self._stored(lead, name))(lead) for lead in leads]
                values = [value for value in values if value is not None]
                total = sum(values) / (len(values) or 1) if aggregator == "avg" else sum(values)
                self.assertAlmostEqual(group[spec] or 0, total, 2, f"{spec} of {group}")

    def test_lead_reports(self):
        """Every report on leads that needs nothing counted: each group, each measure, each list behind it."""
        reports = (
            self.env["crm.report"]
            .search([("model", "=", "crm.lead"), ("needs_figures", "=", False), ("filter_id", "=", False)])
            .filtered(lambda report: "attention_state" not in (report.domain or ""))
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
        reports = self.env["crm.report"].search([("domain", "like", "attention_state")])
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
        reports = self.env["crm.report"].search([("model", "=", "crm.lead"), ("needs_figures", "=", True)])
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
        reports = self.env["crm.report"].search([("model", "!=", "crm.lead"), ("filter_id", "=", False)])
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
