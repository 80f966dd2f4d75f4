from odoo.tests import tagged

from .common import AssignmentCase


@tagged("post_install", "-at_install")
class TestTakeBack(AssignmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.write({"assignment_take_back_hours": 4, "assignment_take_back_times": 1})
        cls.company_a.resource_calendar_id.tz = "UTC"

    def _after(self, **delta):
        with self.later(**delta):
            self.env.invalidate_all()
            self.env["crm.lead"]._cron_take_back()

    def test_goes_on_to_the_next(self):
        """After four working hours without a sign of work the lead goes on, then to the leader, then it stays."""
        lead = self.make()
        self.share()
        self.assertEqual(lead.user_id.name, "Olga")
        self._after(hours=3)
        self.assertEqual(lead.user_id.name, "Olga")
        self._after(hours=6)
        self.assertEqual(lead.user_id.name, "Otto")
        self._after(days=1)
        self.assertEqual(lead.user_id.name, "Otto")
        self._after(days=2)
        self.assertEqual(lead.user_id.name, "Lena")
        self._after(days=9)
        self.assertEqual(lead.user_id.name, "Lena")
        decisions = self.env["crm.assignment.decision"].search([("lead_id", "=", lead.id)])
        self.assertEqual(len(decisions), 3, "the leader is not given what he has")

    def test_nights_do_not_count(self):
        """Given in the evening, a lead is not taken back before the next day's work."""
        with self.later(hours=7):
            lead = self.make()
            self.share()
        self._after(hours=22)
        self.assertEqual(lead.user_id.name, "Olga")

    def test_work_keeps_it(self):
        """A call, a planned step or a new stage keeps the lead with its owner."""
        stage = self.env["crm.stage"].search([], order="sequence desc", limit=1)
        leads = self.make(4)
        self.share()
        with self.later(hours=1):
            leads[0].activity_schedule("mail.mail_activity_data_call", user_id=self.users["olga"].id)
            leads[1].stage_id = stage - leads[1].stage_id or self.env["crm.stage"].create({"name": "Next"})
            leads[2].with_user(self.users["olga"]).message_post(
                body="Hello",
                partner_ids=self.env["res.partner"].create({"name": "C", "email": "c@example.com"}).ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            self.env["crm.lead.event"]._flush()
        owners = self.owners(leads)
        self._after(days=1)
        self.assertEqual(self.owners(leads)[:3], owners[:3])
        self.assertNotEqual(self.owners(leads)[3], owners[3])

    def test_what_a_person_gave_stays(self):
        """Only what was given automatically is taken back, and only while it is with the same person."""
        given, moved = self.make(user_id=self.users["olga"].id), self.make()
        self.share()
        moved.user_id = self.users["lena"]
        self._after(days=2)
        self.assertEqual((given.user_id.name, moved.user_id.name), ("Olga", "Lena"))

    def test_what_a_person_reassigned_stays(self):
        """A lead that a person gave to somebody by the dialog is not taken back from him."""
        lead = self.make(user_id=self.users["lena"].id)
        wizard = self.env["crm.assignment.reassign"].with_context(active_model="crm.lead", active_ids=lead.ids)
        wizard.create({"user_ids": self.users["olga"].ids}).action_reassign()
        self._after(days=2)
        self.assertEqual(lead.user_id.name, "Olga")

    def test_what_was_undone_stays(self):
        """A run that was undone gave nothing: what a person gave to the same salesperson afterwards is his."""
        lead = self.make()
        self.share()
        self.env["crm.assignment.run"].search([], limit=1).action_undo()
        lead.user_id = self.users["olga"]
        self._after(days=2)
        self.assertEqual(lead.user_id.name, "Olga")

    def test_work_of_others_before_does_not_keep_it(self):
        """A step that was planned before the lead was given is no sign of work of who has it now."""
        lead = self.make()
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.users["lena"].id)
        self.env["crm.lead.event"]._flush()
        with self.later(minutes=5):
            self.share()
        self._after(days=1)
        self.assertEqual(lead.user_id.name, "Otto")

    def test_never_back_to_who_had_it(self):
        """Who had it does not get it again: when all had it, it stays with the last one."""
        self.north.assignment_take_back_times = 5
        lead = self.make()
        self.share()
        owners = []
        for day in range(1, 4):
            self._after(days=day)
            owners.append(lead.user_id.name)
        self.assertEqual(owners, ["Otto"] * 3)

    def test_closed_leads_stay(self):
        """What is won, lost or archived is not taken back."""
        leads = self.make(4)
        self.share()
        owners = self.owners(leads)
        self.env["crm.lead.event"]._flush()
        # closed without a sign of work, as an import or another addon's SQL would
        self.env.cr.execute("UPDATE crm_lead SET won_status = 'won' WHERE id = %s", (leads[0].id,))
        self.env.cr.execute("UPDATE crm_lead SET won_status = 'lost', active = FALSE WHERE id = %s", (leads[1].id,))
        self.env.cr.execute("UPDATE crm_lead SET active = FALSE WHERE id = %s", (leads[2].id,))
        self.env.invalidate_all()
        self._after(days=1)
        self.assertEqual(self.owners(leads)[:3], owners[:3])
        self.assertNotEqual(self.owners(leads)[3], owners[3])

    def test_the_next_one_is_told(self):
        """Who is given what was taken back is told in Discuss, as in any run."""
        lead = self.make()
        self.share()
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        self._after(days=1)
        self.assertEqual(lead.user_id.name, "Otto")
        told = self.env["mail.message"].search([("id", ">", last), ("model", "=", "discuss.channel")])
        self.assertIn("given to you", told.body)

    def test_off(self):
        self.north.assignment_take_back_hours = 0
        lead = self.make()
        self.share()
        self._after(days=9)
        self.assertEqual(lead.user_id.name, "Olga")
