import random
from datetime import timedelta

from odoo.tests import tagged

from .features_common import ARRIVAL, CLOSED, FeaturesCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestFeaturesAsOf(FeaturesCase):
    """Fields of closed leads as they stood while those were open."""

    def test_told_backwards(self):
        """Each tracked field has the value of its moment; what nobody tracks stands as it is."""
        self.env["crm.scoring.field"].create({"name": "user_id", "use": "take_in", "company_id": self.company.id})
        user = self.env.user
        lead = self.lead(type="lead", expected_revenue=10)
        self.write(lead, ARRIVAL + 2 * DAY, stage_id=self.second.id, expected_revenue=20)
        # with the team, because Odoo chooses one when the salesperson or the type changes
        self.write(lead, ARRIVAL + 2 * DAY, user_id=user.id, team_id=self.team.id)
        self.write(lead, ARRIVAL + 5 * DAY, type="opportunity", team_id=self.team.id)
        self.write(lead, ARRIVAL + 5 * DAY, date_deadline="2026-03-12", recurring_revenue=5)
        self.write(lead, ARRIVAL + 10 * DAY, team_id=self.other_team.id, expected_revenue=30, city="Pécs")
        self.write(lead, ARRIVAL + 20 * DAY, stage_id=self.first.id, date_deadline=False, user_id=False)
        self.lose(lead)
        history = self.history()
        table = history.table
        first, second, team, other = self.first.id, self.second.id, self.team.id, self.other_team.id
        # ages               0      1      3       7       14      30
        for name, expected in (
            ("stage_id", [first, first, second, second, second, first]),
            ("expected_revenue", [10, 10, 20, 20, 30, 30]),
            ("recurring_revenue", [0, 0, 0, 5, 5, 5]),
            ("team_id", [team, team, team, team, other, other]),
            ("user_id", [None, None, user.id, user.id, user.id, None]),
            ("date_deadline", [None, None, None, 9.625, 9.625, None]),
        ):
            with self.subTest(name=name):
                self.assertColumn(table, name, expected)
        kinds = self.column(table, "type")
        self.assertEqual([kind == kinds[-1] for kind in kinds], [False] * 3 + [True] * 3)
        as_lead = self.now(self.lead(type="lead"), "type")
        self.assertEqual(self.column(as_lead, "type")[0], kinds[0])
        self.assertEqual(len(set(self.column(table, "city"))), 1)
        self.assertEqual(history.team.tolist(), [team] * 4 + [other] * 2)

    def test_tags_that_came_and_went(self):
        """Tags that came, went and came again."""
        hot, cold, kept = self.env["crm.tag"].create([{"name": name} for name in ("hot", "cold", "kept")])
        lead = self.lead(tag_ids=kept.ids)
        untouched = self.lead(tag_ids=cold.ids)
        bare = self.lead()
        self.write(lead, ARRIVAL + 2 * DAY, tag_ids=(hot | kept).ids)
        self.write(lead, ARRIVAL + 5 * DAY, tag_ids=(cold | kept).ids)
        self.write(lead, ARRIVAL + 10 * DAY, tag_ids=(hot | cold).ids)
        for each in lead | untouched | bare:
            self.lose(each)
        table = self.history(ages=(0, 3, 7, 14)).table
        tags = self.column(table, "tag_ids")
        of_lead = [tags[row] for row in range(len(table)) if table.lead[row] == lead.id]
        self.assertEqual(of_lead, [{kept.id}, {hot.id, kept.id}, {cold.id, kept.id}, {hot.id, cold.id}])
        self.assertEqual([tags[row] for row in range(len(table)) if table.lead[row] == untouched.id], [{cold.id}] * 4)
        self.assertEqual([tags[row] for row in range(len(table)) if table.lead[row] == bare.id], [set()] * 4)

    def test_changes_of_one_moment(self):
        """Of two changes of one second the first says what was before."""
        lead = self.lead(expected_revenue=1)
        self.write(lead, ARRIVAL + 2 * DAY, expected_revenue=2)
        self.write(lead, ARRIVAL + 2 * DAY, expected_revenue=3)
        self.lose(lead)
        self.assertColumn(self.history(ages=(1, 2, 3)).table, "expected_revenue", [1, 1, 3])

    def test_now_and_as_of_now(self):
        """An untouched lead has the same row as it is now, and as of a moment at which it was the same."""
        lead = self.lead(expected_revenue=10, city="Pécs", tag_ids=self.env["crm.tag"].create({"name": "t"}).ids)
        with self.at(ARRIVAL + DAY):
            lead.activity_schedule("mail.mail_activity_data_todo", CLOSED.date())
        self.tell(lead, ("message_in", ARRIVAL + DAY), ("message_out", ARRIVAL + 2 * DAY))
        self.write(lead, ARRIVAL + 3 * DAY, stage_id=self.second.id, date_deadline="2026-05-01")
        now = self.now(lead, at=ARRIVAL + 7 * DAY)
        self.lose(lead)
        then = self.history(ages=(7,)).table
        for feature in now.features:
            with self.subTest(feature=feature.name):
                self.assertColumn(then, feature.name, [
                    round(value, 4) if isinstance(value, float) else value for value in self.column(now, feature.name)
                ])  # fmt: skip

    def test_same_as_the_log_says(self):
        """A random life: each row is what the log itself says of that moment."""
        chance = random.Random(7)
        tags = self.env["crm.tag"].create([{"name": f"tag {number}"} for number in range(4)])
        teams, stages = self.team | self.other_team, self.first | self.second
        leads = self.Lead
        for _lead in range(4):
            leads |= self.lead(ARRIVAL + timedelta(hours=chance.randrange(100)))
        for hours in sorted(chance.sample(range(1000), 60)):
            vals = chance.choice(
                [
                    {"stage_id": chance.choice(stages).id},
                    {"team_id": chance.choice(teams).id},
                    {"expected_revenue": chance.randrange(1000)},
                    {"tag_ids": chance.sample(tags.ids, 2)},
                ]
            )
            self.write(chance.choice(leads), ARRIVAL + timedelta(hours=100 + hours), **vals)
        for lead in leads:
            self.lose(lead, ARRIVAL + 60 * DAY)
        table = self.history(ages=range(0, 50, 2)).table
        columns = {name: self.column(table, name) for name in ("stage_id", "team_id", "expected_revenue", "tag_ids")}
        self.assertGreater(len(table), 90)
        for row, (lead_id, age) in enumerate(zip(table.lead, table.columns["days.age"], strict=True)):
            lead = self.Lead.with_context(active_test=False).browse(int(lead_id))
            just_before = lead.create_date + float(age) * DAY - timedelta(seconds=1)
            state = self.Log._as_of(lead, just_before)[lead.id]
            expected = (state.stage_id, state.team_id, state.amount, set(state.tag_ids))
            self.assertEqual(tuple(column[row] for column in columns.values()), expected)
