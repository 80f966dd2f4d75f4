from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SuiteCase


@tagged("post_install", "-at_install")
class TestRoles(SuiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.of_otto = cls._make_opportunity("Deal of Otto", cls.otto)
        cls.of_erik = cls._make_opportunity("Deal of Erik", cls.erik)
        cls.of_nobody = cls._make_opportunity("Nobody's deal", cls.env["res.users"])
        cls.deals = cls.of_otto + cls.of_erik + cls.of_nobody
        for deal in cls.of_otto + cls.of_erik:
            deal.with_user(deal.user_id).activity_schedule("mail.mail_activity_data_call").action_feedback("Called")
        cls.env.flush_all()

    def _seen(self, user, model="crm.lead", field="id"):
        return self.env[model].with_user(user).search([(field, "in", self.deals.ids)])

    def test_who_sees_which_leads(self):
        """F34: own documents and unassigned ones; all documents; the manager: all."""
        self.assertEqual(self._seen(self.otto), self.of_otto + self.of_nobody)
        self.assertEqual(self._seen(self.erik), self.of_erik + self.of_nobody)
        self.assertEqual(self._seen(self.lena), self.deals)
        self.assertEqual(self._seen(self.mara), self.deals)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who_changes_which_leads(self):
        """F34: a salesperson changes his own leads only, who sees all changes all, who may delete is the manager."""
        self.of_otto.with_user(self.otto).expected_revenue = 10
        self.of_erik.with_user(self.lena).expected_revenue = 10
        with self.assertRaises(AccessError):
            self.of_erik.with_user(self.otto).expected_revenue = 20
        for user in (self.otto, self.lena):
            with self.assertRaises(AccessError):
                self.of_otto.with_user(user).unlink()
        self.of_nobody.with_user(self.mara).unlink()

    def test_own_reports_only(self):
        """F34: the activity report shows a salesperson his own, a leader and a manager everybody's."""
        report = "crm.activity.report"
        self.assertEqual(self._seen(self.otto, report, "lead_id").lead_id, self.of_otto)
        self.assertEqual(self._seen(self.lena, report, "lead_id").lead_id, self.of_otto + self.of_erik)
        self.assertEqual(self._seen(self.mara, report, "lead_id").lead_id, self.of_otto + self.of_erik)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_configuration_is_the_managers(self):
        """F34: stages, teams and lost reasons are the manager's to change."""
        for record in (
            self.stage_new,
            self.small_business,
            self.env["crm.lost.reason"].create({"name": "Suite reason"}),
        ):
            for user in (self.otto, self.lena):
                with self.assertRaises(AccessError):
                    record.with_user(user).name = "Changed"
            record.with_user(self.mara).name = "Changed"

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_menus_follow_the_role(self):
        """F34: a salesperson has no configuration menu, a manager has; a portal partner has no menus at all."""
        configuration = self.env.ref("crm.crm_menu_config").id
        root = self.env.ref("crm.crm_menu_root").id

        def menus(user):
            return self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()

        self.assertIn(root, menus(self.otto))
        self.assertNotIn(configuration, menus(self.otto))
        self.assertIn(configuration, menus(self.mara))
        with self.assertRaises(AccessError):
            menus(self.rita)
