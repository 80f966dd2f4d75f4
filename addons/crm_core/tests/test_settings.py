from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestUnassignedSetting(CrmCoreCase):
    def _set(self, on):
        self.env["res.config.settings"].create({"crm_unassigned_own_teams": on}).execute()

    def test_default_is_odoos(self):
        """Installing changes nothing: unassigned leads of all teams are seen."""
        self.assertTrue(self.env.ref("crm.crm_rule_personal_lead").active)
        self.assertIn("south_nobody", self.seen_by("olga"))

    def test_on_and_off(self):
        """On: own teams' unassigned leads only, for own-documents users; off: all is as before."""
        before = {name: self.seen_by(name) for name in ("olga", "lena", "aldo", "fred")}
        self._set(True)
        self.assertEqual(self.seen_by("olga"), {"north_olga", "north_nobody"})
        self.assertEqual(self.seen_by("lena"), {"north_olga", "north_otto", "north_nobody"})
        self.assertEqual(self.seen_by("fred"), {"far_fred", "far_nobody"})
        self.assertEqual(self.seen_by("aldo"), before["aldo"])
        self._set(False)
        self.assertEqual({name: self.seen_by(name) for name in before}, before)

    def test_saving_other_settings_leaves_it(self):
        """Saving the settings page twice does not switch the rules back."""
        self._set(True)
        self.env["res.config.settings"].create({}).execute()
        self.assertFalse(self.env.ref("crm.crm_rule_personal_lead").active)
        self.assertEqual(self.seen_by("olga"), {"north_olga", "north_nobody"})

    def test_activity_report_follows(self):
        """The setting holds in the activity report too."""
        activity_type = self.env.ref("mail.mail_activity_data_call")
        for name in ("north_nobody", "south_nobody"):
            self.leads[name].activity_schedule(
                activity_type_id=activity_type.id, user_id=self.env.uid
            ).action_feedback()
        self._set(True)
        self.env.flush_all()
        lines = self.env["crm.activity.report"].with_user(self.users["olga"]).search([])
        names = set(lines.sudo().lead_id.mapped("name")) & set(self.leads)
        self.assertEqual(names, {"north_nobody"})


@tagged("post_install", "-at_install")
class TestStageForm(CrmCoreCase):
    def test_warns_of_a_change_only(self):
        """A new stage opens without a warning; making an existing one won still warns."""
        Stage = self.env["crm.stage"].with_user(self.users["mona"])
        new = Stage.new({"name": "New one"})
        self.assertFalse(new._onchange_is_won())
        existing = Stage.create({"name": "Old one"})
        changed = Stage.new({"is_won": True}, origin=existing)
        self.assertIn("warning", changed._onchange_is_won())
