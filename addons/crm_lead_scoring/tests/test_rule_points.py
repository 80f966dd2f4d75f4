from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged

from ..rule_kinds.event import EventHappened
from .rule_common import NOON, RuleCase


@tagged("post_install", "-at_install")
class TestRulePoints(RuleCase):
    """What each kind of rule counts, and that points are right at once."""

    def test_a_change_that_a_rule_names(self):
        """The lead has its points when the transaction ends, and loses them again; nobody seems to have written it."""
        self.city()
        self.assertFalse(self.lead.rule_score)
        written = self.lead.write_date
        with freeze_time(NOON + timedelta(hours=1)):
            self.lead.city = "Rome"
            self.settle()
        self.assertRecordValues(self.lead, [{"rule_score": 10}])
        self.assertEqual(self.lines(), {"filter": 10})
        self.assertLessEqual(self.lead.write_date - written, timedelta(hours=1))
        messages = self.lead.message_ids
        self.lead.city = "Oslo"
        self.settle()
        self.assertEqual((self.lead.rule_score, self.lines()), (0, {}))
        self.assertEqual(self.lead.message_ids, messages)

    def test_a_change_that_no_rule_names(self):
        """Other fields cost nothing: no lead waits to be scored."""
        self.city()
        self.settle()
        self.lead.street = "Side street"
        self.env.flush_all()
        self.assertNotIn("crm_lead_scoring.rules", self.env.cr.precommit.data)

    def test_a_computed_field_that_a_rule_names(self):
        """A stage that Odoo makes won by compute counts too: the closed lead keeps what it had."""
        self.rule(filter_domain="[('stage_id.is_won', '=', False)]", points=7)
        lead = self.make()
        self.assertEqual(lead.rule_score, 7)
        lead.action_set_won()
        self.settle()
        self.assertEqual(lead.rule_score, 7)

    def test_new_lead(self):
        """A lead is scored when it is made."""
        self.city()
        self.assertEqual(self.make(2, city="Rome").mapped("rule_score"), [10, 10])

    def test_after_saving_the_form(self):
        """What the form reads after saving has the new points already."""
        self.city()
        specification = {"name": {}, "rule_score": {}, "rule_line_ids": {"fields": {"name": {}}}}
        arguments = {"vals": {"city": "Rome"}, "specification": specification}
        saved = call_kw(self.env["crm.lead"], "web_save", [self.lead.ids], arguments)
        self.assertEqual(saved[0]["rule_score"], 10)
        opened = call_kw(self.env["crm.lead"], "web_read", [self.lead.ids], {"specification": specification})
        self.assertEqual(opened[0]["rule_line_ids"][0]["name"], "filter")

    def test_sum_of_rules(self):
        """Rules add up, taking ones too; a switched-off one gives nothing."""
        self.city(name="city")
        self.rule("answered", points=-3, name="talk")
        self.city(points=1000, active=False)
        self.lead.city = "Rome"
        self.tell("message_in")
        self.tell("message_in")
        self.assertEqual(self.lead.rule_score, 4)
        self.assertEqual(self.lines(), {"city": 10, "talk": -6})

    def test_events(self):
        """Meetings held and answers count each; limits and half-life of the rule hold."""
        self.rule("answered", points=10, half_life_days=30, most_times=2, name="talk")
        self.rule("meeting_held", points=20, most_points=30, name="meeting")
        for age in (60, 30, 0):
            self.tell("message_in", moment=NOON - timedelta(days=age))
            self.tell("meeting_held", moment=NOON - timedelta(days=age))
        self.assertEqual(self.lines(), {"talk": 15, "meeting": 30})
        line = self.lead.rule_line_ids.filtered(lambda line: line.name == "talk")
        self.assertRecordValues(line, [{"hits": 3, "last_moment": NOON}])

    def test_activity_of_one_type(self):
        """A rule for calls counts calls done, not other activities."""
        call = self.env.ref("mail.mail_activity_data_call")
        self.rule("activity_done", activity_type_id=call.id, name="call")
        self.rule("activity_done", points=1, name="any")
        for xmlid in ("mail.mail_activity_data_call", "mail.mail_activity_data_todo"):
            self.lead.activity_schedule(xmlid, user_id=self.users["olga"].id)._action_done()
        self.settle()
        self.assertEqual(self.lines(), {"call": 10, "any": 2})

    def test_first_answer_within_hours(self):
        """In time, too late, not at all; the clock starts when the lead came, or the customer wrote before."""
        self.rule("answered_within", hours=4)
        in_time, late, none, wrote_before = self.make(4)
        self.tell("message_out", in_time, NOON + timedelta(hours=4))
        self.tell("message_out", late, NOON + timedelta(hours=4, seconds=1))
        self.tell("message_in", wrote_before, NOON - timedelta(hours=3))
        self.tell("message_out", wrote_before, NOON + timedelta(hours=2))
        leads = in_time + late + none + wrote_before
        self.assertEqual(leads.mapped("rule_score"), [10, 0, 0, 0])

    def test_mailboxes(self):
        """Whose mailbox it is, by its name and its provider; without address no rule says anything."""
        for kind in ("generic_mailbox", "free_mailbox", "disposable_mailbox", "company_domain"):
            self.rule(kind)
        for address, kinds in (
            ("info@acme-works.com", {"generic_mailbox", "company_domain"}),
            ("Jane Doe <jane@acme-works.com>", {"company_domain"}),
            ("jane@gmail.com", {"free_mailbox"}),
            ("sales.hu@freemail.hu", {"generic_mailbox", "free_mailbox"}),
            ("x@mailinator.com", {"disposable_mailbox"}),
            ("x@own.mailinator.com", {"disposable_mailbox"}),
            ("jane@solar.gmail.com", {"company_domain"}),
            ("no address", set()),
            (False, set()),
        ):
            self.lead.email_from = address
            self.settle()
            self.assertEqual(set(self.lines()), kinds, address)

    def test_kinds_of_apps_that_are_missing(self):
        """Kinds whose events nobody records here are not offered; a rule that has one says why it is idle."""
        offered = {name for name, _label in self.Rule._selection_kind()}
        known = self.env["crm.lead.event"]._event_kinds()
        for kind, event in (("visited", "page_visited"), ("opened", "mail_opened"), ("meeting_held", "meeting_held")):
            self.assertEqual(kind in offered, event in known, kind)
        if "page_visited" not in known:
            rule = self.city()
            self.env.cr.execute("UPDATE crm_scoring_rule SET kind = 'visited' WHERE id = %s", (rule.id,))
            self.env.invalidate_all()
            self.env.registry.clear_cache()
            self.assertIn("removed", rule.problem)
            self.assertFalse(self.Rule._rules_in_force())

    def test_package_that_is_missing(self):
        """Without the list of throw-away providers the rule says what to install and gives nothing; others go on."""
        missing, other = self.rule("disposable_mailbox"), self.rule("generic_mailbox")
        kind = self.Rule._rule_kinds()["disposable_mailbox"]
        with patch.object(kind, "package", (kind.package[0], False)):
            self.env.registry.clear_cache()
            missing.invalidate_recordset()
            self.assertIn("disposable-email-domains", missing.problem)
            self.lead.email_from = "info@mailinator.com"
            self.settle()
            self.assertEqual(self.lines(), {"generic_mailbox": 10})
            self.assertFalse(other.problem)
        self.env.registry.clear_cache()

    def test_a_kind_of_another_addon(self):
        """An addon adds a kind of its own in a few lines."""
        kinds = self.Rule._rule_kinds()
        bounced = EventHappened("Bounced", "A mail came back", ["bounce"])
        with patch.object(
            self.registry["crm.scoring.rule"], "_rule_kinds", lambda _self: {**kinds, "bounced": bounced}
        ):
            self.env.registry.clear_cache()
            rule = self.rule("bounced", points=-20)
            self.tell("bounce")
            self.assertEqual((self.lead.rule_score, rule.condition), (-20, "A mail came back"))
        self.env.registry.clear_cache()

    def test_faded_points_are_not_shown(self):
        """A hit that is worth nothing any more makes no line on the lead; its number is kept."""
        self.rule("answered", half_life_days=1)
        self.tell("message_in", moment=NOON - timedelta(days=50))
        self.assertEqual((self.lines(), self.lead.rule_score), ({}, 0))
        self.assertEqual(self.env["crm.lead.rule.line"].search([("lead_id", "=", self.lead.id)]).hits, 1)

    def test_teams_and_companies(self):
        """A rule is for its teams and its company; a lead without company is of its team's."""
        self.city(team_ids=self.south.ids, name="south")
        self.city(company_id=self.company_b.id, name="company b")
        self.city(name="all")
        leads = [self.leads[name] for name in ("north_olga", "south_sara", "far_fred", "nobody")]
        for lead in leads:
            lead.city = "Rome"
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET company_id = NULL WHERE id = %s", (self.leads["far_nobody"].id,))
        self.env.invalidate_all()
        self.leads["far_nobody"].city = "Rome"
        self.settle()
        found = [set(self.lines(lead)) for lead in (*leads, self.leads["far_nobody"])]
        self.assertEqual(found, [{"all"}, {"south", "all"}, {"company b", "all"}, {"all"}, {"company b", "all"}])

    def test_teams_of_another_company(self):
        """A rule of one company can't be made for another one's teams."""
        with self.assertRaises(ValidationError):
            self.city(company_id=self.company_b.id, team_ids=self.north.ids)

    def test_sorted_by_points(self):
        """Leads with most points come first, those never scored last."""
        self.city()
        (self.lead + self.leads["north_otto"]).write({"city": "Rome"})
        self.settle()
        order = self.env["crm.lead"].search(
            [("id", "in", [lead.id for lead in self.leads.values()])], order="rule_score desc"
        )
        self.assertEqual(set(order[:2]), set(self.lead + self.leads["north_otto"]))

    def test_merging(self):
        """What happened to merged leads gives its points to the lead that stays."""
        self.rule("answered")
        one, other = self.make(2)
        self.tell("message_in", one)
        self.tell("message_in", other)
        stays = (one + other).merge_opportunity(auto_unlink=True)
        self.settle()
        self.assertEqual(stays.rule_score, 20)

    def test_paused(self):
        """The off switch works at once: no points move, by a change or by the job; switched on, all is scored."""
        self.city()
        settings = self.env["res.config.settings"].create({"crm_scoring_rules_paused": True})
        settings.execute()
        lead = self.make(city="Rome")
        self.run_job()
        self.run_job(self.in_background)
        self.assertFalse(lead.rule_score)
        self.env["res.config.settings"].create({"crm_scoring_rules_paused": False}).execute()
        self.run_job(self.in_background)
        self.assertEqual(lead.rule_score, 10)
