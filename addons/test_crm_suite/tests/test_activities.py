from odoo.fields import Command, Date
from odoo.tests import tagged
from odoo.tools.date_utils import relativedelta

from .common import SuiteCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestActivities(SuiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quote, cls.thanks = cls.env["mail.activity.type"].create(
            [
                {
                    "name": "Suite quote",
                    "summary": "Suite quote",
                    "res_model": "crm.lead",
                    "delay_from": "current_date",
                    "delay_count": 3,
                    "delay_unit": "days",
                },
                {"name": "Suite thanks", "summary": "Suite thanks", "res_model": "crm.lead"},
            ]
        )
        cls.demo_call, cls.visit = cls.env["mail.activity.type"].create(
            [
                {
                    "name": "Suite demo call",
                    "summary": "Suite demo call",
                    "category": "phonecall",
                    "res_model": "crm.lead",
                    "chaining_type": "suggest",
                    "suggested_next_type_ids": [Command.set(cls.quote.ids)],
                },
                {
                    "name": "Suite visit",
                    "summary": "Suite visit",
                    "res_model": "crm.lead",
                    "chaining_type": "trigger",
                    "triggered_next_type_id": cls.thanks.id,
                },
            ]
        )
        cls.today = Date.context_today(cls.env["crm.lead"].with_user(cls.otto))

    def _plan(self, lead, activity_type, days):
        return lead.activity_schedule(
            activity_type_id=activity_type.id,
            user_id=lead.user_id.id,
            date_deadline=self.today + relativedelta(days=days),
        )

    def test_one_step_leads_to_the_next(self):
        """F2: late is red and today amber on the card; a finished call suggests the quotation, a visit plans thanks."""
        chain = self._make_opportunity("Chain of steps", self.otto)
        visited = self._make_opportunity("Visit today", self.otto)
        call = self._plan(chain, self.demo_call, -2)
        visit = self._plan(visited, self.visit, 0)
        self.start_tour("/odoo", "crm_suite_activity_chain", login=self.otto.login)
        self.assertFalse((call + visit).filtered("active"))
        self.assertEqual(chain.activity_ids.activity_type_id, self.quote)
        self.assertEqual(chain.activity_ids.user_id, self.otto)
        self.assertEqual(chain.activity_ids.date_deadline, self.today + relativedelta(days=3))
        self.assertIn("They liked it", "".join(chain.message_ids.mapped("body")))
        self.assertEqual(visited.activity_ids.activity_type_id, self.thanks)

    def test_meeting_from_the_opportunity(self):
        """F2: the button on an opportunity opens the calendar, where the meeting made belongs to the opportunity."""
        deal = self._make_opportunity("Plant in Ghent", self.otto)
        self.start_tour(
            f"/odoo/action-crm.crm_lead_action_pipeline/{deal.id}",
            "crm_suite_meeting",
            login=self.otto.login,
        )
        self.assertEqual(deal.calendar_event_ids.mapped("name"), ["Plant tour"])
        self.assertEqual(deal.calendar_event_ids.user_id, self.otto)

    def test_manager_makes_an_activity_type(self):
        """F2: a manager makes a type of activity that suggests another one."""
        self.start_tour("/odoo", "crm_suite_activity_type", login=self.mara.login)
        made = self.env["mail.activity.type"].search([("name", "=", "Call for demo")])
        self.assertRecordValues(
            made,
            [
                {
                    "chaining_type": "suggest",
                    "suggested_next_type_ids": self.quote.ids,
                }
            ],
        )

    def test_my_activities_in_order(self):
        """F3: late, today's and future steps stand in this order in "My Activities" and are counted in the top bar."""
        for name, days in (("Visit later", 5), ("Visit today", 0), ("Visit late", -3)):
            self._plan(self._make_opportunity(name, self.otto), self.visit, days)
        self.start_tour("/odoo", "crm_suite_my_activities", login=self.otto.login)
