from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestAbsence(AssignmentCase):
    def _leave(self, user=None, **vals):
        calendar = self.company_a.resource_calendar_id
        resource = user and self.env["resource.resource"].create(
            {"name": user.name, "user_id": user.id, "company_id": self.company_a.id, "calendar_id": calendar.id}
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "off",
                "resource_id": resource and resource.id,
                "calendar_id": calendar.id,
                "company_id": self.company_a.id,
                "date_from": "2026-03-01 00:00:00",
                "date_to": "2026-03-06 23:59:59",
                **vals,
            }
        )

    def test_paused_and_archived(self):
        """Whoever is paused or archived gets nothing, and says so."""
        self.olga.assignment_optout = True
        leads = self.make(2)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto"])
        self.olga.assignment_optout = False
        self.users["otto"].active = False
        leads = self.make(2)
        self.share()
        self.assertEqual(self.owners(leads), ["Olga", "Olga"])
        self.assertEqual(self.otto.assignment_absence, "archived")

    def test_out_of_office(self):
        """Odoo's own out-of-office keeps leads away until the return."""
        self.users["olga"].write(
            {"out_of_office_from": "2026-03-01 08:00:00", "out_of_office_to": "2026-03-03 08:00:00"}
        )
        leads = self.make(2)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto"])
        self.assertEqual(self.olga.assignment_absence, "away")
        with self.later(days=2):
            self.env.invalidate_all()
            leads = self.make(2)
            self.share()
        self.assertEqual(self.owners(leads), ["Olga", "Otto"])

    def test_leave_in_the_calendar(self):
        """A leave in somebody's calendar counts, without any HR app; a training that is worked does not."""
        self._leave(self.users["olga"])
        self._leave(self.users["otto"], time_type="other")
        leads = self.make(2)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto"])

    def test_holiday(self):
        """On a holiday of the company nobody of it is given leads; the reason stands with the lead."""
        self._leave()
        lead = self.make()
        self.share()
        self.assertFalse(lead.user_id)
        self.assertEqual(lead._last_decision().why, "holiday")

    def test_deputy(self):
        """While somebody is away a named deputy takes the turn, up to his own maximum."""
        self.users["olga"].out_of_office_from = "2026-03-01 08:00:00"
        self.olga.assignment_deputy_id = self.otto
        self.otto.assignment_max = 3
        leads = self.make(4)
        self.share()
        self.assertEqual(self.owners(leads), ["Otto", "Otto", "Otto", False])

    def test_a_deputy_is_of_the_same_team(self):
        with self.assertRaisesRegex(Exception, "same sales team"):
            self.olga.assignment_deputy_id = self.sara
