from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestCrmCoreTours(CrmCoreCase, HttpCase):
    def test_archive_and_restore_a_column(self):
        """A salesperson archives a whole column with a note, undoes it, and restores a column of lost deals."""
        stage = self.env["crm.stage"].create({"name": "Tour column", "sequence": 0})
        reason = self.env["crm.lost.reason"].create({"name": "Tour reason"})
        deals = self.env["crm.lead"].create(
            [
                {
                    "name": f"Tour deal {number}",
                    "type": "opportunity",
                    "stage_id": stage.id,
                    "user_id": self.users["olga"].id,
                    "team_id": self.north.id,
                }
                for number in range(3)
            ]
        )
        self.start_tour("/odoo/action-crm.action_your_pipeline", "crm_core_archive_column", login="core_olga")
        self.assertEqual(set(deals.mapped("active")), {True}, "undone")
        self.assertIn("No answer since spring", " ".join(deals[0].message_ids.mapped("body")))
        deals.action_set_lost(lost_reason_id=reason.id)
        self.start_tour("/odoo/action-crm.action_your_pipeline", "crm_core_restore_column", login="core_olga")
        self.assertEqual(set(deals.mapped("won_status")), {"pending"})

    def test_lost_for_a_reason_made_on_the_spot(self):
        """A salesperson marks a deal lost and writes a reason that was not in the list."""
        self.env["res.config.settings"].create({"group_lost_reason_create": True}).execute()
        deal = self.leads["north_olga"]
        self.start_tour(f"/odoo/crm/{deal.id}", "crm_core_lost_reason", login="core_olga")
        self.assertEqual((deal.won_status, deal.lost_reason_id.name), ("lost", "Bought a horse"))

    def test_stages_for_managers(self):
        """A manager adds a stage from CRM > Configuration without developer mode."""
        self.start_tour("/odoo", "crm_core_stages_menu", login="core_mona")
        self.assertTrue(self.env["crm.stage"].search([("name", "=", "Tour stage")]))

    def test_leads_management(self):
        """A manager sees what waits for each team and gives a member another maximum, leads being off."""
        self.assertFalse(self.users["mona"].has_group("crm.group_use_lead"))
        self.start_tour("/odoo", "crm_core_leads_management", login="core_mona")
        member = self.north.crm_team_member_ids.filtered(lambda member: member.user_id == self.users["olga"])
        self.assertEqual(member.assignment_max, 12)

    def test_ready_process(self):
        """A manager starts a team from a ready process after a look at what it adds."""
        self.start_tour(
            f"/odoo/action-sales_team.crm_team_action_config/{self.north.id}",
            "crm_core_ready_process",
            login="core_mona",
        )
        self.assertIn("Negotiation", self.env["crm.process"]._team_stages(self.north).mapped("name"))

    def test_phone_note(self):
        """A salesperson notes a phone enquiry in one line from any screen."""
        self.start_tour("/odoo", "crm_core_phone_note", login="core_olga")
        lead = self.env["crm.lead"].search([("name", "=", "Tour caller wants prices")])
        self.assertEqual((lead.email_from, lead.user_id), ("caller@example.com", self.users["olga"]))

    def test_leader_reassigns(self):
        """A team leader finds a member's deal and moves it to another member."""
        deal = self.leads["north_olga"]
        self.start_tour(f"/odoo/crm/{deal.id}", "crm_core_leader_reassigns", login="core_lena")
        self.assertEqual(deal.user_id, self.users["otto"])

    def test_meeting_from_a_lead(self):
        """A salesperson plans a meeting from a lead and the calendar opens."""
        self.env.ref("base.group_user")._apply_group(self.env.ref("crm.group_use_lead"))
        lead = self.leads["north_olga"]
        lead.type = "lead"
        self.start_tour(f"/odoo/crm/{lead.id}", "crm_core_meeting_from_lead", login="core_olga")

    def test_timeline(self):
        """A salesperson reads what happened to a lead, day by day, and narrows it to the conversation."""
        lead, log = self.leads["north_olga"], self.env["crm.lead.event"]
        yesterday = fields.Datetime.now() - timedelta(days=1)
        log._record([{"lead_id": lead.id, "kind": "message_in", "moment": yesterday}])
        log._flush()
        lead.expected_revenue = 500
        log._flush()
        self.start_tour(f"/odoo/crm/{lead.id}", "crm_core_timeline", login="core_olga")

    def test_sleep(self):
        """A salesperson sends a lead to sleep, out of the pipeline, and wakes it up again."""
        self.env["res.config.settings"].create({"group_crm_attention": True}).execute()
        lead = self.leads["north_olga"]
        self.env["crm.lead"]._attention_refresh([lead.id, lead.copy({"name": "awake"}).id])
        self.start_tour("/odoo/action-crm.action_your_pipeline", "crm_core_sleep", login="core_olga")
        kinds = self.env["crm.lead.event"].search([("lead_id", "=", lead.id)]).mapped("kind")
        self.assertLess(kinds.index("sent_to_sleep"), kinds.index("woken"))
        self.assertEqual(lead.activity_ids.summary, "New budget")

    def test_leads_without_sleeping_ones(self):
        """The menu Leads opens without sleeping leads where attention is on, and as Odoo's where it is off."""
        menu = self.env.ref("crm.crm_menu_leads")
        stock = self.env["ir.actions.actions"]._for_xml_id("crm.crm_lead_all_leads")

        def opened():
            return menu.with_user(self.users["olga"]).action.run()

        self.assertEqual(opened()["context"], stock["context"])
        self.env["res.config.settings"].create({"group_crm_attention": True}).execute()
        self.assertEqual(opened()["context"]["search_default_attention_awake"], 1)
        self.assertEqual(opened()["id"], stock["id"])
