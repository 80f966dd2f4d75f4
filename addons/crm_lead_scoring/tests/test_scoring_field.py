from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .features_common import FeaturesCase

PERSONAS = {
    "sales_team.group_sale_salesman": False,
    "sales_team.group_sale_salesman_all_leads": False,
    "sales_team.group_sale_manager": True,
    "base.group_portal": False,
}


@tagged("post_install", "-at_install")
class TestScoringField(FeaturesCase):
    """Who says what is learned from."""

    def test_access(self):
        """Managers do everything in their companies, nobody else anything."""
        line = self.env["crm.scoring.field"].create({"name": "city", "company_id": self.company.id})
        far = self.env["crm.scoring.field"].create({"name": "city", "company_id": self.env.ref("base.main_company").id})
        for number, (group, may) in enumerate(PERSONAS.items()):
            with self.subTest(group=group):
                user = new_test_user(
                    self.env, f"scoring_{number}", group, company_id=self.company.id, company_ids=self.company.ids
                )
                fields = self.env["crm.scoring.field"].with_user(user)
                if not may:
                    for operation in ("read", "write", "create", "unlink"):
                        self.assertFalse(fields.has_access(operation))
                    continue
                self.assertEqual(fields.search([("name", "=", "city")]), line)
                fields.create({"name": "street", "use": "take_in"}).unlink()
                with self.assertRaises(AccessError):
                    far.with_user(user).use = "take_in"

    def test_unique(self):
        """What becomes of a field is said once in a company."""
        self.env["crm.scoring.field"].create({"name": "city", "company_id": self.company.id})
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["crm.scoring.field"].create({"name": "city", "company_id": self.company.id})
