from datetime import datetime, timedelta

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_core.tests.common import CrmCoreCase

from ..attribution.methods import METHODS

FIRST_DAY = datetime(2026, 1, 5, 9)
AMOUNTS = [f"amount_{method}" for method in METHODS]
READER = "crm_reports.attribution"


class AttributionCase(CrmCoreCase):
    """The small world of crm_core, attribution switched on, and days counted from a Monday at nine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("UPDATE crm_lead SET won_status = 'pending' WHERE won_status = 'won'")
        cls.env.cr.execute("DELETE FROM crm_attribution_share")
        cls.Share = cls.env["crm.attribution.share"]
        cls.Event = cls.env["crm.lead.event"]
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.open_stage = cls.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        cls.ad, cls.fair = cls.env["utm.source"].create([{"name": "Some ad"}, {"name": "Some fair"}])
        cls.spring = cls.env["utm.campaign"].create({"title": "Spring"})
        cls.medium = cls.env["utm.medium"].create({"name": "Banner of a test"})
        cls.cron = cls.env.ref("crm_reports.ir_cron_attribution")
        cls.last_read = 0
        cls.lead = cls.leads["north_olga"]
        cls.switch(True)

    @classmethod
    def switch(cls, is_on, **values):
        cls.env["res.config.settings"].create({"crm_attribution": is_on, **values}).execute()

    @classmethod
    def day(cls, number):
        return FIRST_DAY + timedelta(days=number)

    @classmethod
    def born(cls, lead, day):
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", (cls.day(day), lead.id))
        lead.invalidate_recordset(["create_date"])

    def touch(self, lead, *days, kind="meeting_held"):
        self.Event._record([{"lead_id": lead.id, "kind": kind, "moment": self.day(day)} for day in days])

    def win(self, lead, revenue=100, day=30):
        lead.write({"expected_revenue": revenue, "stage_id": self.won_stage.id})
        lead.date_closed = self.day(day)
        self.env.flush_all()

    def follow(self):
        """What has happened since the last time, as the job finds it once it is committed."""
        self.Event._flush()
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead_event SET xact = 1")
        self.env["crm.lead.event.mark"].search([("name", "=", READER)]).write(
            {"xact": "1", "event_id": str(self.last_read)}
        )
        self.run_job()
        self.env.cr.execute("SELECT COALESCE(max(id), 0) FROM crm_lead_event")
        type(self).last_read = self.env.cr.fetchone()[0]

    def run_job(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def shares(self, leads):
        return self.Share.search(Domain("lead_id", "in", leads.ids))

    def rows(self, leads):
        """All that the rows of these leads say, but for their ids."""
        names = ["lead_id", "touch_moment", "kind", "source_id", "medium_id", "campaign_id", "roles", "user_id"]
        names += ["team_id", "company_id", "currency_id", "won_at", *AMOUNTS]
        found = self.shares(leads).read(names, load=False)
        return [{name: row[name] for name in names} for row in found]

    def sums(self, lead):
        """By each method, what the rows of a lead sum to: told by the database, which does not round."""
        columns = SQL(", ").join(SQL("sum(%s)", SQL.identifier(name)) for name in AMOUNTS)
        query = SQL("SELECT ARRAY[%s]::text[] FROM crm_attribution_share WHERE lead_id = %s", columns, lead.id)
        return self.env.execute_query(query)[0][0]
