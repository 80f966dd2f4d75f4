from ast import literal_eval
from collections import defaultdict

from lxml import etree

from odoo.fields import Domain

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


class ReportCheckCase(ReportCase):
    """Tries ready reports: what each shows is what plain Python counts, each number is its list. For any addon."""

    addon = "crm_reports"

    def _ready(self, *domain):
        """The reports that this addon brings."""
        told = self.env["ir.model.data"].search([("model", "=", "crm.report"), ("module", "=", self.addon)])
        return self.env["crm.report"].search([("id", "in", told.mapped("res_id")), *domain])

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
