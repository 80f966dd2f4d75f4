from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestShare(AssignmentCase):
    def test_in_turn(self):
        """Leads go round evenly; the next run goes on where the last one ended."""
        first = self.make(3)
        teams_data, members_data = self.share()
        self.assertEqual(self.owners(first), ["Olga", "Otto", "Olga"])
        self.assertEqual(teams_data[self.north]["assigned"], set())
        self.assertEqual(members_data[self.olga]["assigned"], first[0] + first[2])
        second = self.make(2)
        self.share()
        self.assertEqual(self.owners(second), ["Otto", "Olga"])
