import csv
from ast import literal_eval

from odoo.tests import tagged
from odoo.tools import file_open

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

    def test_from_the_list(self):
        """The button above the list opens Odoo's own import, whatever is ticked; the example has real columns."""
        members = (self.olga + self.otto).with_user(self.users["mona"])
        self.assertEqual(members.action_import_members()["params"]["active_model"], "crm.team.member")
        (template,) = members.get_import_templates()
        with file_open(template["template"].lstrip("/")) as example:
            columns, row = csv.reader(example)
        self.assertLessEqual(set(columns), set(members._fields))
        lead = self.make(country_id=self.env.ref("base.hu").id)
        self.assertEqual(self.env["crm.lead"].search(literal_eval(row[3])), lead)
