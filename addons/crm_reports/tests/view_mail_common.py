from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.crm_core.tests.common import ALL, CrmCoreCase
from odoo.addons.crm_reports.models.crm_view_mail import SETTING


class ViewMailCase(CrmCoreCase):
    """The core's small world, its leads worth something, and mailed views switched on.

    Worth: north_olga 100, north_otto 20, north_nobody 3, south_sara 4000, far_fred 50000.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(SETTING, "True")
        worth = {"north_olga": 100, "north_otto": 20, "north_nobody": 3, "south_sara": 4000, "far_fred": 50000}
        for name, amount in worth.items():
            cls.leads[name].expected_revenue = amount
        cls.ours = [("id", "in", [lead.id for lead in cls.leads.values()])]
        cls.users["olga"].tz = "Europe/Budapest"
        cls.users["aldo"].tz = "America/Sao_Paulo"

    def view_mail(self, owner="mona", to=("mona",), **vals):
        """A pivot of this world's leads by team, mailed every day at seven."""
        values = {
            "name": "Leads by team",
            "res_model": "crm.lead",
            "view_type": "pivot",
            "domain": str(self.ours),
            "row_groups": "team_id",
            "measures": "__count,expected_revenue",
            "every": "day",
            "hour": 7,
            "recipient_ids": [Command.create({"user_id": self.users[name].id}) for name in to],
            **vals,
        }
        return self.env["crm.view.mail"].with_user(self.users[owner]).create(values).sudo()

    def set_now(self, moment):
        """The moment that the database tells, in UTC."""
        self.env.cr._now = moment

    def run_job(self, moment=None):
        if moment:
            self.set_now(moment)
        self.env["crm.view.mail"]._cron_send()

    def sendings(self, mail):
        return self.env["crm.view.mail.sending"].search([("view_mail_id", "=", mail.id)], order="id")

    def table_for(self, mail, name):
        return mail._read(mail._env_of(self.users[name]))

    def other_company_user(self):
        """One who may enter both companies and see all documents."""
        both = self.company_a | self.company_b
        return new_test_user(
            self.env, login="core_both", name="Both", groups=ALL, company_id=self.company_a.id,
            company_ids=[Command.set(both.ids)],
        )  # fmt: skip
