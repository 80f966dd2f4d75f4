from datetime import datetime, timedelta

from odoo.tests import freeze_time

from odoo.addons.crm_core.tests.common import CrmCoreCase

NOON = datetime(2026, 3, 2, 12)


class RuleCase(CrmCoreCase):
    """The world of crm_core on Monday 2 March 2026, 12:00, without any rule but those that a test makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOON))
        cls.env.cr._now = NOON
        cls.addClassCleanup(setattr, cls.env.cr, "_now", None)
        cls.Rule = cls.env["crm.scoring.rule"]
        cls.Rule.with_context(active_test=False).search([]).unlink()
        cls.lead = cls.leads["north_olga"]
        cls.hourly = cls.env.ref("crm_lead_scoring.ir_cron_rules")
        cls.in_background = cls.env.ref("crm_lead_scoring.ir_cron_rules_all")
        cls.settle()

    @classmethod
    def settle(cls):
        """What a commit does to events and points."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def rule(self, kind="filter", points=10, **vals):
        name = vals.pop("name", kind)
        return self.Rule.create({"name": name, "kind": kind, "points": points, **vals})

    def city(self, city="Rome", **vals):
        """A rule for leads of a city."""
        return self.rule(filter_domain=f"[('city', '=', '{city}')]", **vals)

    def make(self, number=1, **vals):
        common = {"type": "lead", "team_id": self.north.id, "user_id": False, "email_from": False, **vals}
        leads = self.env["crm.lead"].create([{"name": f"lead {place}", **common} for place in range(number)])
        self.settle()
        return leads

    def tell(self, kind, lead=None, moment=NOON, **row):
        self.env["crm.lead.event"]._record([{"lead_id": (lead or self.lead).id, "kind": kind, "moment": moment, **row}])
        self.settle()

    def run_job(self, cron=None, **later):
        self.settle()
        with freeze_time(NOON + timedelta(**later)), self.enter_registry_test_mode():
            (cron or self.hourly).method_direct_trigger()
        self.env.invalidate_all()

    def lines(self, lead=None):
        """rule's name -> points, of one lead"""
        return {line.name: line.points for line in (lead or self.lead).rule_line_ids}
