from datetime import datetime, timedelta

from odoo.tests import freeze_time

from odoo.addons.crm_core.tests.common import CrmCoreCase

MONDAY = datetime(2026, 3, 2, 9)


class AssignmentCase(CrmCoreCase):
    """The world of crm_core (team North: Olga, Otto; South: Sara; Far in company B: Fred) on a Monday morning.

    North has a method of ours; nothing is open and nothing waits but what a test makes.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(MONDAY - timedelta(minutes=1)))
        cls.env.cr._now = MONDAY - timedelta(minutes=1)
        cls.addClassCleanup(setattr, cls.env.cr, "_now", None)
        cls.env["crm.lead"].search([]).unlink()
        cls.env["crm.team"].search([("id", "not in", (cls.north + cls.south + cls.far).ids)]).active = False
        for user in cls.users.values():
            user.tz = "UTC"
        cls.olga, cls.otto = cls.north.crm_team_member_ids.sorted(lambda member: member.user_id.login)
        cls.sara, cls.fred = cls.south.crm_team_member_ids, cls.far.crm_team_member_ids
        cls.env["crm.lead"].search([]).unlink()
        (cls.north + cls.south).assignment_domain = "[('city', '=', 'Nowhere')]"
        cls.env.cr.execute("UPDATE crm_team_member SET create_date = %s", (MONDAY,))
        cls.env.invalidate_all()
        cls.env["crm.assignment.decision"].search([]).unlink()
        cls.env["crm.assignment.run"].search([]).unlink()
        cls.north.assignment_method = "round_robin"
        cls.env.cr._now = MONDAY  # later than what counts as assigned before
        cls.startClassPatcher(freeze_time(MONDAY))

    def make(self, number=1, **vals):
        """Leads without salesperson that wait in team North."""
        common = {"type": "lead", "user_id": False, "team_id": self.north.id, "probability": 10, **vals}
        return self.env["crm.lead"].create([{"name": f"lead {place}", **common} for place in range(number)])

    def share(self, teams=None, force=True):
        return (teams or self.north)._action_assign_leads(force_quota=force, creation_delta_days=0)

    def owners(self, leads):
        return [lead.user_id.name for lead in leads]

    def later(self, **delta):
        """Go on at another moment, for Odoo and for the database."""
        moment = MONDAY + timedelta(**delta)
        self.env.cr._now = moment
        self.addCleanup(setattr, self.env.cr, "_now", MONDAY)
        return freeze_time(moment)
