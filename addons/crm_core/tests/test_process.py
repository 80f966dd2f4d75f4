from odoo.tests import Form, tagged

from .common import CrmCoreCase


@tagged("post_install", "-at_install")
class TestProcess(CrmCoreCase):
    def _stages(self, team):
        return self.env["crm.process"]._team_stages(team)

    def _there(self, records, *names):
        return {record.id: tuple(str(record[name]) for name in names) for record in records}

    def test_adds_what_is_missing(self):
        """A new team gets the process's stages in order, its lost reasons and activity types."""
        self.north._start_process("enterprise")
        names = self._stages(self.north).mapped("name")
        wanted = ["New", "Qualified", "Needs Analysis", "Demonstration", "Proposition", "Negotiation", "Won"]
        self.assertEqual([name for name in names if name in wanted], wanted)
        self.assertTrue(self.env["crm.lost.reason"].search([("name", "=", "Lost the sponsor")]))
        demo = self.env["mail.activity.type"].search([("name", "=", "Call for Demo")])
        self.assertEqual(demo.res_model, "crm.lead")
        self.assertIn("Follow-up Quote", demo.suggested_next_type_ids.mapped("name"))

    def test_overwrites_nothing(self):
        """What exists keeps its name, text and order; other teams do not see the new stages."""
        stages = self.env["crm.stage"].search([])
        order = stages.ids
        reasons, types = self.env["crm.lost.reason"].search([]), self.env["mail.activity.type"].search([])
        watched = (
            (stages, ("name", "is_won", "fold", "requirements", "team_ids")),
            (reasons, ("name",)),
            (types, ("name", "icon", "category", "delay_count", "suggested_next_type_ids", "res_model")),
        )
        before = [self._there(records, *names) for records, names in watched]
        south_sees = self._stages(self.south)
        self.north._start_process("enterprise")
        self.north._start_process("partners")
        self.assertEqual([self._there(records, *names) for records, names in watched], before)
        self.assertEqual([i for i in self.env["crm.stage"].search([]).ids if i in order], order)
        self.assertEqual(self._stages(self.south), south_sees)

    def test_twice_is_once(self):
        """Applying the same process again adds nothing."""
        self.north._start_process("partners")
        counts = [self.env[model].search_count([]) for model in ("crm.stage", "crm.lost.reason", "mail.activity.type")]
        self.north._start_process("partners")
        self.assertEqual(
            [self.env[model].search_count([]) for model in ("crm.stage", "crm.lost.reason", "mail.activity.type")],
            counts,
        )

    def test_preview_says_what_happens(self):
        """The dialog lists what is added and what is there already; applying does just that."""
        wizard = Form(
            self.env["crm.process.start"].with_user(self.users["mona"]).with_context(default_team_id=self.north.id)
        )
        wizard.process_id = self.env.ref("crm_core.crm_process_enterprise")
        start = wizard.save()
        stages = start.line_ids.filtered(lambda line: line.kind == "stage")
        self.assertIn("Negotiation", stages.filtered("is_new").mapped("name"))
        self.assertIn("Won", stages.filtered(lambda line: not line.is_new).mapped("name"))
        before = self._stages(self.north)
        start.action_apply()
        added = self._stages(self.north) - before
        self.assertEqual(set(added.mapped("name")), set(stages.filtered("is_new").mapped("name")))

    def test_won_stage_is_not_doubled(self):
        """A database whose won stage bears another name keeps just that one."""
        self.env["crm.stage"].search([("is_won", "=", True)]).name = "Victory"
        self.north._start_process("small_business")
        self.assertEqual(self._stages(self.north).filtered("is_won").mapped("name"), ["Victory"])

    def test_other_teams_keep_their_order(self):
        """Stages of another team stay where they stand between the shared ones, also when all are renumbered."""
        own = self.env["crm.stage"].create({"name": "Tender", "sequence": 2, "team_ids": [(6, 0, self.south.ids)]})
        before = self._stages(self.south).ids
        self.assertIn(own.id, before[1:-1])
        self.north._start_process("enterprise")
        self.assertEqual(self._stages(self.south).ids, before)

    def test_a_type_of_another_model_is_none_of_ours(self):
        """An activity type that leads can't use does not count as being there."""
        Type = self.env["mail.activity.type"]
        foreign = Type.create({"name": "Call for Demo", "res_model": "res.partner"})
        self.north._start_process("enterprise")
        made = Type.search([("name", "=", "Call for Demo"), ("res_model", "=", "crm.lead")])
        self.assertEqual(len(made), 1)
        self.assertEqual(foreign.res_model, "res.partner")
