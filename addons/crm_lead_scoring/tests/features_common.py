from datetime import datetime

import numpy as np
from psycopg2.extras import Json

from odoo.tests import TransactionCase, freeze_time

from ..ml.table import MISSING

ARRIVAL = datetime(2026, 3, 2, 9)  # a Monday
CLOSED = datetime(2026, 4, 20, 9)


class FeaturesCase(TransactionCase):
    """One company with a log from the beginning of 2026 on, a team, and leads whose days are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.Lead, cls.Log = cls.env["crm.lead"], cls.env["crm.lead.event"]
        cls.company = cls.env["res.company"].create({"name": "Scored"})
        cls.team = cls.env["crm.team"].create({"name": "Scored", "company_id": cls.company.id})
        cls.other_team = cls.env["crm.team"].create({"name": "Other", "company_id": cls.company.id})
        cls.won = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.first = cls.env["crm.stage"].create({"name": "First", "sequence": -10})
        cls.second = cls.env["crm.stage"].create({"name": "Second", "sequence": -9})
        cls.begin_log("2026-01-01 00:00:00")

    @classmethod
    def begin_log(cls, moment, past_told=""):
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("crm_core.event_log_start", f'{{"moment": "{moment}"}}')
        parameters.set_param("crm_core.event_log_past_told", past_told)

    def at(self, moment):
        """Everything in it happens then; what it tells is told at its end."""
        self.env.flush_all()
        self.Log._flush()
        return _Moment(self, moment)

    def lead(self, moment=ARRIVAL, **vals):
        with self.at(moment):
            return self.Lead.create(
                {
                    "name": "Lead",
                    "type": "opportunity",
                    "company_id": self.company.id,
                    "team_id": self.team.id,
                    "stage_id": self.first.id,
                    "user_id": False,
                    **vals,
                }
            )

    def write(self, lead, moment, **vals):
        with self.at(moment):
            lead.write(vals)

    def win(self, lead, moment=CLOSED):
        with self.at(moment):
            lead.action_set_won()

    def lose(self, lead, moment=CLOSED):
        with self.at(moment):
            lead.action_set_lost()

    def tell(self, lead, *told):
        """:param told: (kind, moment)"""
        self.Log._record([{"lead_id": lead.id, "kind": kind, "moment": moment} for kind, moment in told])
        self.Log._flush()

    def features(self, *names):
        """All, or those of these names."""
        features = self.Lead._score_features(self.company)
        return tuple(feature for feature in features if not names or feature.name in names)

    def now(self, leads, *names, at=CLOSED):
        self.env.flush_all()
        self.Log._flush()
        with freeze_time(at):
            return self.Lead._score_table(leads.ids, self.features(*names))

    def history(self, *names, company=None, **options):
        self.env.flush_all()
        self.Log._flush()
        return self.Lead._score_history(company or self.company, self.features(*names), **options)

    def column(self, table, name):
        """As a list with None where unknown; of tags a set a row."""
        column = table.columns[name]
        if hasattr(column, "codes"):
            return [set(part.tolist()) for part in np.split(column.codes, column.ends[:-1])]
        unknown = np.isnan(column) if column.dtype == np.float64 else column == MISSING
        return [None if is_unknown else value for value, is_unknown in zip(column.tolist(), unknown, strict=True)]

    def assertColumn(self, table, name, expected):
        found = [round(value, 4) if isinstance(value, float) else value for value in self.column(table, name)]
        self.assertEqual(found, expected, name)

    def define(self, team, *definitions):
        """Properties of a team's leads: (name, type, rest)."""
        team.lead_properties_definition = [
            {"name": name, "type": of_type, "string": name.title(), **rest} for name, of_type, rest in definitions
        ]

    def store(self, lead, **values):
        """What the database holds of the lead's properties, right or wrong."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET lead_properties = %s WHERE id = %s", [Json(values), lead.id])
        self.env.invalidate_all()


class _Moment:
    def __init__(self, case, moment):
        self.case, self.moment, self.frozen = case, moment, freeze_time(moment)

    def __enter__(self):
        self.kept = self.case.env.cr._now
        self.case.env.cr._now = self.moment
        self.frozen.__enter__()

    def __exit__(self, *error):
        if not error[0]:
            self.case.env.flush_all()
            self.case.Log._flush()
        self.frozen.__exit__(*error)
        self.case.env.cr._now = self.kept
