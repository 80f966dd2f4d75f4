from odoo.tests import tagged

from .common import AssignmentCase

COLUMNS = ["crm_team_id", "user_id", "assignment_max", "assignment_domain"]


@tagged("post_install", "-at_install")
class TestImport(AssignmentCase):
    def test_members_and_filters(self):
        """A manager imports members with maximum and filter; a filter that can't work is refused with its row."""
        members = self.env["crm.team.member"].with_user(self.users["mona"])
        rows = [["South", "Aldo", "7", "[('city', '=', 'Testville')]"]]
        result = members.load(COLUMNS, rows)
        self.assertFalse(result["messages"])
        self.assertRecordValues(
            members.browse(result["ids"]),
            [{"crm_team_id": self.south.id, "user_id": self.users["aldo"].id, "assignment_max": 7}],
        )
        result = members.load(COLUMNS, [["South", "Lena", "7", "[('gone', '=', 1)]"]])
        self.assertFalse(result["ids"])
        self.assertIn("incorrectly formatted", result["messages"][0]["message"])
