from odoo.fields import Command

from odoo.addons.crm_core.tests.common import CrmCoreCase


class GamificationCase(CrmCoreCase):
    """Challenges among Olga, Otto and Sara, about leads of a source of their own; nobody has been online."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga, cls.otto, cls.sara = (cls.users[name] for name in ("olga", "otto", "sara"))
        cls.people = cls.olga | cls.otto | cls.sara
        cls.challenges = cls.env["gamification.challenge"]
        cls.badges = cls.env["gamification.badge.user"]
        cls.badge, cls.medal = cls.env["gamification.badge"].create([{"name": "Badge"}, {"name": "Medal"}])

    @classmethod
    def switch(cls, is_on):
        cls.challenges._switch_mend(is_on)

    def definition(self, **vals):
        """Leads of this world by their salesperson, in batch as Odoo's own definitions, by their deadline."""
        field = self.env["ir.model.fields"]._get
        return self.env["gamification.goal.definition"].create(
            {
                "name": "Deals",
                "computation_mode": "count",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "field_date_id": field("crm.lead", "date_deadline").id,
                "domain": "[('referred', '=', 'game')]",
                "batch_mode": True,
                "batch_distinctive_field": field("crm.lead", "user_id").id,
                "batch_user_expression": "user.id",
                **vals,
            }
        )

    def challenge(self, target=2, people=None, definition=None, starts=True, **vals):
        """A challenge that runs, as far as it starts."""
        challenge = self.challenges.create(
            {
                "name": "Most deals",
                "period": "monthly",
                "user_domain": False,
                "user_ids": [Command.set((self.people if people is None else people).ids)],
                "line_ids": [
                    Command.create({"definition_id": (definition or self.definition()).id, "target_goal": target})
                ],
                **vals,
            }
        )
        if starts:
            challenge.action_start()
        return challenge

    def deals(self, user, day, count=1):
        return self.env["crm.lead"].create(
            [
                {"name": "Deal", "type": "opportunity", "user_id": user.id, "date_deadline": day, "referred": "game"}
                for _number in range(count)
            ]
        )

    def run_job(self, challenge):
        self.challenges._cron_update(ids=challenge.ids, commit=False)

    def goal_of(self, challenge, user, **dates):
        domain = [("challenge_id", "=", challenge.id), ("user_id", "=", user.id)]
        return self.env["gamification.goal"].search(
            domain + [(name, "=", day) for name, day in dates.items()], order="id desc", limit=1
        )

    def given(self, badge):
        """Names of who has the badge, one for each time."""
        return sorted(given.user_id.name for given in self.badges.search([("badge_id", "=", badge.id)]))
