from datetime import timedelta

import numpy as np

from odoo.tests import tagged
from odoo.tools import SQL

from .features_common import ARRIVAL, FeaturesCase


@tagged("post_install", "-at_install")
class TestFeaturesReading(FeaturesCase):
    """One lead and many give the same, in few queries."""

    def _leads(self):
        leads = self.Lead
        for number in range(5):
            lead = self.lead(ARRIVAL + timedelta(days=number), city=f"City {number}", expected_revenue=number)
            self.tell(lead, *[("note", ARRIVAL + timedelta(days=number, hours=1))] * number)
            leads |= lead
        return leads

    def test_one_query(self):
        """A lead costs one query, fields and log in it; so do a hundred."""
        leads, features = self._leads(), self.features()
        self.now(leads[0])
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.Lead._score_table(leads[0].ids, features)
        with self.assertQueryCount(1):
            self.Lead._score_table(leads.ids, features)

    def test_one_and_many(self):
        """Rows of a chunk are those of each lead alone, in the order of their ids."""
        leads, features = self._leads(), self.features()
        with self.at(ARRIVAL + timedelta(days=20)):
            (whole,) = self.Lead._score_tables(leads.ids[::-1], features)
            chunks = list(self.Lead._score_tables(SQL("SELECT id FROM crm_lead WHERE id = ANY(%s)", leads.ids),
                                                  features, chunk=2))  # fmt: skip
            alone = [self.Lead._score_table(lead.ids, features) for lead in leads]
        self.assertEqual(whole.lead.tolist(), sorted(leads.ids))
        self.assertEqual([len(chunk) for chunk in chunks], [2, 2, 1])
        for parts in (chunks, alone):
            for feature in features:
                found = [value for part in parts for value in self.column(part, feature.name)]
                self.assertEqual(found, self.column(whole, feature.name), feature.name)

    def test_gone_and_none(self):
        """Leads that are gone are left out; no lead is an empty table."""
        lead = self.lead()
        gone = lead.copy()
        ids = (lead | gone).ids
        gone.unlink()
        table = self.Lead._score_table(ids, self.features())
        self.assertEqual(table.lead.tolist(), lead.ids)
        empty = self.Lead._score_table([], self.features())
        self.assertEqual({len(column) for column in empty.columns.values()}, {0})
        self.assertFalse(list(self.Lead._score_tables(SQL("SELECT id FROM crm_lead WHERE false"), self.features())))

    def test_history_queries(self):
        """A history costs as many queries for ten leads as for one."""
        features = self.features()
        self.lose(self.lead())
        self.history()
        self.env.flush_all()
        start = self.env.cr.sql_log_count
        self.Lead._score_history(self.company, features)
        few = self.env.cr.sql_log_count - start
        for lead in self._leads():
            self.lose(lead)
        start = self.env.cr.sql_log_count
        history = self.Lead._score_history(self.company, features)
        self.assertEqual(self.env.cr.sql_log_count - start, few)
        self.assertEqual(len(np.unique(history.table.lead)), 6)
