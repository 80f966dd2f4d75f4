from odoo.tests import tagged

from odoo.addons.crm_reports.tests.stream_common import StreamCase


@tagged("post_install", "-at_install")
class TestPosStream(StreamCase):
    @classmethod
    def _groups(cls):
        return [*super()._groups(), "point_of_sale.group_pos_user"]

    def test_till(self):
        """Who may read orders of the till finds the stream, with and without a team, in the company's currency."""
        label = "Point of Sale (Taxes Included)"
        self.assertEqual(self._streams()[label]["cells"][1:3], ["0", self._money(0)])
        self.assertIn(label, self._streams(team_id=False))
