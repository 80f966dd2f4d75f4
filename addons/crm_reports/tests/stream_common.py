from odoo.fields import Domain
from odoo.tests import TransactionCase, new_test_user

MONTH = "2026-03"


class StreamCase(TransactionCase):
    """The team dashboard of a sales manager, in March 2026, as bridges add streams to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env["crm.team"].create({"name": "Streams"})
        cls.customer = cls.env["res.partner"].create({"name": "Customer"})
        cls.manager = new_test_user(cls.env, login="stream_mona", groups=",".join(cls._groups()))

    @classmethod
    def _groups(cls):
        return ["sales_team.group_sale_manager"]

    def _streams(self, user=None, **options):
        """label -> row"""
        page = self.env["crm.team.dashboard"].with_user(user or self.manager)
        table = page.get_page({"month": MONTH, "team_id": self.team.id, **options})["tables"][0]
        return {row["cells"][0]: row for row in table["rows"]}

    def _behind(self, row):
        return self.env[row["open"]["model"]].search(Domain(row["open"]["domain"]))

    def _money(self, amount):
        return self.env["crm.team.dashboard"]._money(amount)
