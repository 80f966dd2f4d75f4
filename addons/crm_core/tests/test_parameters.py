from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestParameters(TransactionCase):
    """The suite's switches: one query for all of them, and right after each change."""

    def test_read_together(self):
        """However many are asked for, set or not, the database is asked once; Odoo's own are read as ever."""
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_core.test_one", "1")
        self.env.registry.clear_cache("stable")
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(parameters.get_param("crm_core.test_one"), "1")
            self.assertFalse(parameters.get_param("crm_core.test_none"))
            self.assertEqual(parameters.get_param("crm_core.test_none", "default"), "default")
        parameters.set_param("crm.test_odoos", "2")
        self.assertEqual(parameters.get_param("crm.test_odoos"), "2")

    def test_right_after_a_change(self):
        """Set, changed and removed: the next reader knows."""
        parameters = self.env["ir.config_parameter"].sudo()
        for value in ("1", "2"):
            parameters.set_param("crm_core.test_one", value)
            self.assertEqual(parameters.get_param("crm_core.test_one"), value)
        parameters.set_param("crm_core.test_one", False)
        self.assertFalse(parameters.get_param("crm_core.test_one"))
