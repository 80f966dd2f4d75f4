from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestWeekPage(HttpCase):
    def test_beside_the_website(self):
        """The page behind the mail of the week opens in the layout of a website as well, and stops the mail."""
        person = new_test_user(self.env, "week_person", groups="sales_team.group_sale_salesman")
        link = f"/game-week/{self.env['crm.game.week']._token_of(person)}"
        page = self.url_open(link)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Stop this mail", page.text)
        self.assertFalse(person.game_week_off)
        self.url_open(link, data={"List-Unsubscribe": "One-Click"})
        self.assertTrue(person.game_week_off)
