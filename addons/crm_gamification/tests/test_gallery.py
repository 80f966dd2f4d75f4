from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from odoo.addons.crm_gamification.models.crm_game_entry import LEDGER

from .ledger_common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 09:00:00")
class TestGallery(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.templates = cls.env["crm.game.template"].search([])

    def setUp(self):
        super().setUp()
        with freeze_time("2026-03-10 09:00:00"):
            for user, number in ((self.otto, 3), (self.olga, 1), (self.sara, 5)):
                for _number in range(number):
                    self.win(self.deal(user))

    def start_of(self, name, by="lena", **vals):
        template = self.env.ref(f"crm_gamification.template_{name}")
        action = template.with_user(self.users[by]).action_use()
        starts = self.env["crm.game.start"].with_user(self.users[by]).with_context(**action["context"])
        return starts.create(vals)

    def test_three_clicks(self):
        """Gallery, Use this, Start: a leader's challenge of his team runs, with what the gallery suggests."""
        start = self.start_of("won")
        form = Form(start)
        self.assertEqual((form.name, form.target, form.period), ("Who closes the most deals?", 5, "monthly"))
        challenge = self.challenges.browse(start.action_start()["res_id"])
        self.assertEqual((challenge.state, challenge.visibility_mode), ("inprogress", "ranking"))
        self.assertEqual((challenge.team_ids, challenge.user_ids), (self.north, self.olga | self.otto))
        self.assertEqual(len(self.env["gamification.goal"].search([("challenge_id", "=", challenge.id)])), 2)

    def test_preview(self):
        """How last month would have ended, for one's own team only; nothing is written."""
        before = self.env["gamification.goal"].search_count([]), self.challenges.search_count([])
        start = self.start_of("won", target=3, target_by_work=False)
        told = start._get_preview()
        self.assertEqual(
            [(row["place"], row["name"], row["value"], row["is_reached"]) for row in told["rows"]],
            [(1, "Otto", 3, True), (2, "Olga", 1, False)],
        )
        self.assertEqual((told["reached"], told["count"]), (1, 2))
        self.assertIn("Otto", start.preview)
        start.write({"team_ids": [Command.link(self.south.id)], "user_ids": [Command.set(self.sara.ids)]})
        self.assertNotIn("Sara", str(start.preview), "no figure of another leader's team")
        self.assertEqual(before, (self.env["gamification.goal"].search_count([]), self.challenges.search_count([])))
        everybody = self.start_of("won", by="mona", team_ids=[Command.set((self.north | self.south).ids)])
        self.assertEqual([row["name"] for row in everybody._get_preview()["rows"]], ["Sara", "Otto", "Olga"])

    def test_all_of_the_gallery(self):
        """Each ready challenge has a preview, starts, and counts for its people."""
        self.assertGreaterEqual(len(self.templates), 12)
        for template in self.templates:
            with self.subTest(template.name):
                start = (
                    self.env["crm.game.start"]
                    .with_user(self.users["mona"])
                    .create({"template_id": template.id, "team_ids": [Command.set(self.north.ids)]})
                )
                self.assertEqual(start._get_preview()["count"], 2)
                challenge = self.challenges.browse(start.action_start()["res_id"])
                self.run_job(challenge)
                goals = self.env["gamification.goal"].search([("challenge_id", "=", challenge.id)])
                self.assertEqual(goals.user_id, self.olga | self.otto)

    def test_only_some(self):
        """People chosen of a team, and no strangers."""
        start = self.start_of("won", user_ids=[Command.set(self.olga.ids)])
        challenge = self.challenges.browse(start.action_start()["res_id"])
        self.assertEqual(challenge.user_ids, self.olga)

    def test_not_yet(self):
        """Without the ledger, or people, nothing starts, and a sentence says why."""
        nobody = self.env["crm.team"].create({"name": "Empty", "company_id": self.company_a.id})
        with self.assertRaisesRegex(UserError, "no members"):
            self.start_of("won", by="mona", team_ids=[Command.set(nobody.ids)]).action_start()
        self.env["ir.config_parameter"].set_param(LEDGER, False)
        start = self.start_of("won")
        self.assertIn("Keep the Ledger", str(start.preview))
        with self.assertRaisesRegex(UserError, "Keep the Ledger"):
            start.action_start()

    def test_who_may(self):
        """Salespeople and portal users neither see the gallery nor start anything; a leader changes no template."""
        template = self.templates[0]
        for name in ("olga", "petra"):
            with self.subTest(persona=name), self.assertRaises(AccessError):
                self.start_of("won", by=name)
        with self.assertRaises(AccessError):
            template.with_user(self.users["lena"]).name = "Mine"
        template.with_user(self.users["mona"]).name = "Ours"
        for name in ("aldo", "lena"):
            start = self.start_of("won", by=name, team_ids=[Command.set((self.north | self.south).ids)])
            with self.subTest(persona=name), self.assertRaises(UserError):
                start.action_start()
