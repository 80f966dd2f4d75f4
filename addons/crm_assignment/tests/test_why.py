from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestWhy(AssignmentCase):
    def _card(self, lead, person="mona"):
        return lead.with_user(self.users[person]).get_assignment_card()

    def test_given(self):
        """The card says who has it, why, and of each other member why not."""
        self.otto.assignment_optout = True
        lead = self.make()
        self.share()
        card = self._card(lead)
        self.assertEqual((card["state"], card["headline"], card["reason"]), ("given", "Given to Olga", "Next in turn"))
        self.assertEqual(
            [(row["name"], row["why"]) for row in card["members"]], [("Olga", "was chosen"), ("Otto", "is paused")]
        )
        self.assertTrue(card["run_id"])
        self.assertEqual(card["members"][0]["room"], 30)

    def test_salespersons_see_no_figures(self):
        """The salesperson sees the reasons; room and load of colleagues are for leaders and managers."""
        lead = self.make()
        self.share()
        card = self._card(lead, "olga")
        self.assertFalse(card["run_id"] or any(row["room"] is not False for row in card["members"]))
        self.assertTrue(self._card(lead, "lena")["members"][0]["room"])

    def test_waiting(self):
        """A lead that nobody has says which rule it fails, or to whom it goes with the next run; nothing is written."""
        self.olga.assignment_domain = "[('city', '=', 'Testville')]"
        self.otto.assignment_max = 0
        for city, reason, headline in (
            ("Elsewhere", "Who fits has reached the maximum", "Nobody has it yet"),
            ("Testville", "Next in turn", "With the next run it goes to Olga"),
        ):
            lead = self.make(city=city)
            card = self._card(lead)
            self.assertEqual((card["reason"], card["headline"]), (reason, headline))
        self.assertFalse(self.env["crm.assignment.decision"].search([]))
        teamless = self.make(team_id=False)
        self.assertEqual(self._card(teamless)["reason"], "Fits no team's filter")
        self.assertIn("No team", self._card(self.make(team_id=self.south.id))["reason"])

    def test_by_a_person(self):
        """A lead whose salesperson a person chose says so, also after it was given once."""
        lead = self.make()
        self.share()
        lead.user_id = self.users["lena"]
        self.assertEqual(self._card(lead)["headline"], "Chosen by a person")

    def test_who_may_ask(self):
        """Who may not see the lead may not ask; portal users never may."""
        lead = self.make()
        self.share()
        with self.assertRaises(AccessError):
            self._card(lead, "sara")
        with self.assertRaises(AccessError):
            self._card(lead, "petra")

    def test_in_the_timeline(self):
        """The log says that it was given, with the decision as its source."""
        lead = self.make()
        self.share()
        self.env["crm.lead.event"]._flush()
        event = self.env["crm.lead.event"].search([("lead_id", "=", lead.id), ("kind", "=", "assigned")])
        self.assertEqual(event.data, {"user": self.users["olga"].id, "team": self.north.id, "why": "round_robin"})
        self.assertEqual(self.env[event.model].browse(event.res_id).lead_id, lead)
        (row,) = [row for row in lead.get_timeline()["events"] if row["kind"] == "assigned"]
        self.assertEqual(row["text"], "Next in turn")
