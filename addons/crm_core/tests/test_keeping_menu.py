from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestKeepingMenu(CrmCoreCase):
    """How long events are kept, for sales managers: the settings page is for administrators."""

    def test_menu(self):
        """Under CRM > Configuration for a manager without rights on the settings; for nobody below him."""
        menu = self.env.ref("crm_core.crm_lead_event_retention_menu")
        self.assertFalse(self.users["mona"].has_group("base.group_system"))
        for name in ("olga", "lena", "aldo", "fred", "mona"):
            with self.subTest(persona=name):
                visible = self.env["ir.ui.menu"].with_user(self.users[name])._visible_menu_ids()
                self.assertEqual(menu.id in visible, name == "mona")
        with self.assertRaises(AccessError):
            self.env["ir.ui.menu"].with_user(self.users["petra"])._visible_menu_ids()
        self.assertIn(self.env.ref("crm.crm_menu_config").id, self._above(menu))

    def test_opens(self):
        """What it opens works with the manager's own rights: the list, a line, the numbers of what is gone."""
        env = self.env(user=self.users["mona"])
        menu = env.ref("crm_core.crm_lead_event_retention_menu").with_env(env)
        action = env["ir.actions.act_window"]._for_xml_id(menu.action.sudo().xml_id)
        retention = env[action["res_model"]]
        fields = retention.get_views([(False, "list")])["models"][action["res_model"]]["fields"]
        self.assertIn("note", dict(fields["kind"]["selection"]))
        line = retention.create({"kind": "note", "months": 24})
        self.assertEqual(retention.web_search_read([], {"months": {}})["records"], [{"id": line.id, "months": 24}])
        totals = env["ir.actions.act_window"]._for_xml_id("crm_core.crm_lead_event_total_action")
        self.assertEqual(env[totals["res_model"]].search_count([]), 0)

    def _above(self, menu):
        found = []
        while menu := menu.parent_id:
            found.append(menu.id)
        return found
