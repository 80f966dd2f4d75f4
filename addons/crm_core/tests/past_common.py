from datetime import datetime, timedelta

from odoo.tests import freeze_time

from .event_common import EventCase

START = datetime(2026, 3, 2, 8)


class PastCase(EventCase):
    """Leads with a history in transactions of their own, at frozen times, with tracking as in real life."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.customer = cls.env["res.partner"].create({"name": "Anna", "email": "anna@customer.example.com"})
        cls.lost_reason = cls.env["crm.lost.reason"].create({"name": "Too early"})
        cls.leads_told = cls.env["crm.lead"]

    def happen(self, moment, work, name="olga"):
        """Do something as a transaction at that moment."""
        self.env.cr._now = moment + timedelta(microseconds=250)
        with freeze_time(moment):
            result = work(self.env(user=self.users[name]))
            self.env.cr.flush()
            self.env.cr.precommit.run()
        self.env.cr._now = None
        self.env.invalidate_all()
        return result

    def make(self, moment, **vals):
        vals = {"name": "told", "type": "opportunity", "team_id": self.north.id, **vals}
        vals.setdefault("user_id", self.users["olga"].id)
        lead = self.happen(moment, lambda env: env["crm.lead"].create(vals)).with_env(self.env)
        self.leads_told |= lead
        return lead

    def log(self, kept=lambda row: True):
        """What the log says of these leads."""
        return [row for row in self.rows(self.leads_told) if kept(row)]

    def forget(self):
        self.forget_log(self.leads_told)

    def kinds(self, lead):
        self.Event._flush()
        return self.Event.search([("lead_id", "=", lead.id)]).mapped("kind")
