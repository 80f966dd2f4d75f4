from odoo.tests import tagged

from .common import ReportCase

CONTEXT = "{'group_by': [], 'graph_measure': 'won_amount', 'graph_mode': 'bar', 'graph_groupbys': ['user_id']}"


@tagged("post_install", "-at_install")
class TestOurReports(ReportCase):
    """A pivot or graph kept as a favorite is a report for those with whom it is shared."""

    def _keep(self, **values):
        return self.env["ir.filters"].create(
            {"name": "Mona's graph", "model_id": "crm.lead", "context": CONTEXT, "domain": "[]", **values}
        )

    def _seen_by(self, user):
        return self.env["crm.report"].with_user(user).search([("theme", "=", "9_ours")]).mapped("name")

    def test_shared_with_some(self):
        """Olga and Mona share it, Otto does not see it."""
        olga, otto, _aldo, mona = self.users
        self._keep(user_ids=[(6, 0, [olga.id, mona.id])])
        self.assertEqual(self._seen_by(olga), ["Mona's graph"])
        self.assertEqual(self._seen_by(otto), [])

    def test_shared_with_all_renamed_and_deleted(self):
        """The report has the favorite's name and goes with it."""
        kept = self._keep()
        kept.name = "Graph of all"
        self.assertEqual(self._seen_by(self.users[1]), ["Graph of all"])
        kept.unlink()
        self.assertEqual(self._seen_by(self.users[1]), [])

    def test_archived(self):
        """A favorite that is archived is no report, and is one again when it comes back."""
        kept = self._keep()
        kept.active = False
        self.assertEqual(self._seen_by(self.users[1]), [])
        kept.active = True
        self.assertEqual(self._seen_by(self.users[1]), ["Mona's graph"])

    def test_others_are_none(self):
        """Favorites of lists and of other apps are no reports."""
        self._keep(context="{'group_by': ['stage_id']}")
        self._keep(model_id="res.partner")
        self.assertEqual(self._seen_by(self.users[3]), [])

    def test_opens_within_its_report(self):
        """Kept from "Most Frequent Lost Reasons", it shows lost ones only, as that report does."""
        lost = self.env.ref("crm_reports.report_lost_reasons")
        kept = self._keep(action_id=lost.action_id.id, domain="['|', ('user_id', '=', uid), ('user_id', '=', False)]")
        report = self.env["crm.report"].search([("filter_id", "=", kept.id)])
        self.assertEqual(
            report.action_open()["domain"],
            "['|', ('user_id', '=', uid), ('user_id', '=', False), "
            "('won_status', '=', 'lost'), ('active', 'in', [True, False])]",
        )
        self.assertIn("'graph_measure': 'won_amount'", report.action_open()["context"])
