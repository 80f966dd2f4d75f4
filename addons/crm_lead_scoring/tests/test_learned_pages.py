from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged

from .learned_common import LearnedScoreCase


@tagged("post_install", "-at_install")
class TestLearnedPages(LearnedScoreCase):
    """What managers see and do: version, fields, trial, learning on demand."""

    def _spread(self, leads, days=200):
        """The leads came and were closed one after the other over these days, ten days each."""
        now = self.env.cr.now().replace(tzinfo=None)
        for place, lead in enumerate(leads):
            closed = now - timedelta(days=days * (1 - place / len(leads)))
            self.env.cr.execute(
                "UPDATE crm_lead SET create_date = %s, date_closed = %s, write_date = %s WHERE id = %s",
                [closed - timedelta(days=10), closed, closed, lead.id],
            )
        self.env.cr.execute("DELETE FROM crm_lead_event WHERE lead_id = ANY(%s)", [leads.ids])
        self.env.invalidate_all()

    def test_page_in_words(self):
        """The page of a version says its verdict in a sentence and names features as fields are named."""
        self._close()
        version = self._switch_on()
        self.assertIn("had not seen", version.verdict_text)
        self.assertEqual(version.page["features"][0]["label"], "Country")
        self.assertEqual([loss["name"] for loss in version.page["losses"]], ["base", "stock", "own"])
        self.assertEqual([row["label"] for row in version.page["teams"]], ["Scored"])

    def test_too_few_says_how_many(self):
        """With ten closed leads the page and the popover say how many it takes."""
        self._close(10)
        lead = self._open(0)
        version = self._switch_on()
        self.assertIn("It takes 50", version.verdict_text)
        told = lead.get_score_reasons()
        self.assertEqual((told["closed"], told["needed"], told["needed_each"]), (10, 50, 10))

    def test_leak_buttons(self):
        """A column that gives the answer away is left out; a manager takes it in and leaves it out again."""
        closed = self._close()
        for lead in closed:
            lead.function = "Buyer" if lead.won_status == "won" else False
        version = self._switch_on()
        (leak,) = (leak for leak in version.page["leaks"] if leak["name"] == "has.function")
        self.assertFalse(leak["is_used"])
        self.assertIn("won leads", leak["why"])
        version.action_use_field("has.function", "take_in")
        self.assertTrue(next(leak for leak in version.page["leaks"] if leak["name"] == "has.function")["is_used"])
        second = self.env["crm.scoring.model"]._learn(self.company)
        self.assertIn("has.function", [name for name, _spread in second.facts["features"]])
        version.action_use_field("has.function", "leave_out")
        line = self.env["crm.scoring.field"].search([("company_id", "=", self.company.id)])
        self.assertRecordValues(line, [{"name": "has.function", "use": "leave_out"}])

    def test_learn_now(self):
        """Asked for, the next run of the job learns though nothing is due, and once only."""
        self._close()
        first = self._switch_on()
        first.action_learn_now()
        self.leads._cron_update_automated_probabilities()
        self.leads._cron_update_automated_probabilities()
        self.assertEqual(first.search([("company_id", "=", self.company.id)]).mapped("number"), [2, 1])

    def test_learn_now_needs_the_score(self):
        """Where Odoo's own scoring counts nothing is learned, and the button says so."""
        self.company.crm_scoring_engine = "odoo"
        with self.assertRaises(UserError):
            self.env["crm.scoring.model"].with_company(self.company).action_learn_now()

    def test_drift(self):
        """Leads of other countries than those learned from are reported as changed, the same ones are not."""
        closed = self._close()
        self._spread(closed)
        version = self._switch_on()
        for number in range(40):
            self._open(number)
        self._follow()
        steady = {row["name"]: row["level"] for row in version.get_drift()["rows"]}
        self.assertEqual(steady["country_id"], "steady")
        self.leads.search([("won_status", "=", "pending")]).country_id = self.env.ref("base.it")
        self._follow()
        changed = version.get_drift()
        self.assertEqual(changed["rows"][0]["level"], "changed")
        self.assertEqual({row["name"]: row["level"] for row in changed["rows"]}["country_id"], "changed")

    def test_trial_tells_and_writes_nothing(self):
        """Country tells the outcome: the trial says it is worth it; no lead, no version and no setting changes."""
        # as good as that: a column that tells the outcome even better is taken for one filled in afterwards
        self._spread(self._close(400, right=0.8))
        lead = self._open(0)
        self.env.flush_all()
        before = (lead.probability, lead.write_date)
        trial = self.env["crm.scoring.trial"].with_company(self.company).create({"days": 60})
        self._try(trial)
        self.assertEqual(trial.verdict, "worth")
        self.assertLess(trial.log_loss, trial.base_log_loss)
        self.assertEqual(sum(trial.line_ids.mapped("lead_count")), trial.since_count)
        self.assertAlmostEqual(trial.since_count, 120, delta=2)
        self.assertEqual(trial.line_ids.mapped("band"), ["A", "B", "C", "D"])
        filled = trial.line_ids.filtered("lead_count")
        best, worst = filled[0], filled[-1]
        self.assertGreater(best.won_rate, worst.won_rate)
        self.assertEqual((lead.probability, lead.write_date), before)
        self.assertFalse(self.env["crm.scoring.model"].search([("company_id", "=", self.company.id)]))
        self.assertEqual(self.company.crm_scoring_engine, "odoo")

    def _try(self, trial):
        trial.action_try()
        self.assertTrue(trial.is_running)
        self.env["crm.scoring.trial"]._cron_try()
        self.assertFalse(trial.is_running)

    def test_trial_says_how_far_it_is(self):
        """While it learns, the share that is done is told; opened again meanwhile, the same trial is shown."""
        self._spread(self._close())
        trials, told = self.env["crm.scoring.trial"].with_company(self.company), []
        trial = trials.create({})
        trial.action_try()
        self.assertEqual(trials._open()["res_id"], trial.id)
        with patch.object(
            self.registry["crm.scoring.trial"], "_tell_progress", lambda _trial, share: told.append(share)
        ):
            trials._cron_try()
        self.assertEqual(told, sorted(told))
        self.assertGreater(len(told), 3)
        self.assertEqual(told[-1], 1)
        self.assertNotEqual(trials._open()["res_id"], trial.id)

    def test_trial_that_fails(self):
        """Learning fails: who waits is told so, and the job goes on with the next."""
        self._spread(self._close())
        trials = self.env["crm.scoring.trial"].with_company(self.company)
        first, second = trials.create({}), trials.create({})
        (first + second).write({"is_running": True})
        histories = type(trials)._histories

        def fails_once(trial):
            return histories(trial) if trial == second else 1 / 0

        with (
            patch.object(type(trials), "_histories", fails_once),
            self.assertLogs("odoo.addons.crm_lead_scoring.wizard.crm_scoring_trial", "ERROR"),
        ):
            trials._cron_try()
        self.assertIn("went wrong", first.answer)
        self.assertTrue(second.verdict)
        self.assertFalse((first + second).filtered("is_running"))

    def test_trial_where_nothing_tells(self):
        """A country that says nothing is not called worth switching on."""
        self._spread(self._close(right=0.5))
        trial = self.env["crm.scoring.trial"].with_company(self.company).create({"days": 60})
        self._try(trial)
        self.assertIn(trial.verdict, ("not_worth", "unsure"))

    def test_trial_with_too_few(self):
        """Ten closed leads: it says how many it takes."""
        self._spread(self._close(10))
        trial = self.env["crm.scoring.trial"].with_company(self.company).create({})
        self._try(trial)
        self.assertEqual(trial.verdict, "too_little")
        self.assertIn("It takes 50", trial.answer)

    def test_menu(self):
        """Before anything is learned the menu opens the trial, switched on the versions."""
        versions = self.env["crm.scoring.model"].with_company(self.company)
        self.assertEqual(versions.action_open()["res_model"], "crm.scoring.trial")
        trial = self.env["crm.scoring.trial"].with_company(self.company).create({})
        trial.action_switch_on()
        self.assertEqual(self.company.crm_scoring_engine, "suite")
        self.assertEqual(versions.action_open()["res_model"], "crm.scoring.model")

    def _shown(self):
        """Which score columns lists of leads show by themselves."""
        view = self.leads.get_view(self.env.ref("crm.crm_case_tree_view_leads").id, "list")
        fields = etree.fromstring(view["arch"]).iter("field")
        names = ("win_score", "rule_score")
        return {field.get("name") for field in fields if field.get("name") in names and field.get("optional") == "show"}

    def test_columns_where_there_is_a_score(self):
        """Installed, lists show no new column; each comes with what it shows, and goes with it."""
        self.env["crm.scoring.rule"].search([]).active = False
        self.assertFalse(self._shown())
        self._close()
        self._switch_on()
        self.assertEqual(self._shown(), {"win_score"})
        self.env["crm.scoring.rule"].create({"name": "Any", "points": 1})
        self.assertEqual(self._shown(), {"win_score", "rule_score"})
        self.company.crm_scoring_engine = "odoo"
        self.assertEqual(self._shown(), {"rule_score"})

    def test_cards_with_the_colour_of_their_score(self):
        """Switched on, cards have the colour of their band, else the one that somebody gave them."""
        pipeline = self.env.ref("crm.crm_case_kanban_view_leads").id

        def colour():
            return etree.fromstring(self.leads.get_view(pipeline, "kanban")["arch"]).get("highlight_color")

        self.assertEqual(colour(), "color")
        self.env["ir.config_parameter"].set_param("crm_lead_scoring.color_cards", True)
        self.assertEqual(colour(), "win_score_color")
        leads = self._open(0) + self._open(0) + self._open(2)
        leads.color = 7
        for lead, band in zip(leads, ("A", None, "D"), strict=True):
            self.env.cr.execute("UPDATE crm_lead SET win_score_band = %s WHERE id = %s", [band, lead.id])
        self.env.invalidate_all()
        self.assertEqual(leads.mapped("win_score_color"), [10, 7, 0])

    def test_best_first(self):
        """Sorted by score, best first, leads without a score come last."""
        self._close()
        none, good, bad = self._open(0), self._open(0), self._open(2)
        self._switch_on()
        self.env.cr.execute("UPDATE crm_lead SET win_score = NULL WHERE id = %s", [none.id])
        self.env.invalidate_all()
        own = self.leads.search([("id", "in", (none + good + bad).ids)], order="win_score desc")
        self.assertEqual(own, good + bad + none)

    def test_steps_open_screens(self):
        """Each step that a reason proposes opens the screen where it is taken."""
        lead = self._open(0)
        for step, model in (
            ("phone", "crm.lead"),
            ("meeting", "calendar.event"),
            ("next_step", "mail.activity.schedule"),
            ("message", "mail.compose.message"),
        ):
            self.assertEqual(lead.action_score_step(step)["res_model"], model)
        self.assertEqual(set(lead._score_step_actions()), set(lead._score_steps()))
        with self.assertRaises(UserError):
            lead.action_score_step("unlink")

    def test_writing_is_addressed(self):
        """The step "Write to the customer" has the contact in it, or makes one of the lead's address."""
        known = self.env["res.partner"].create({"name": "Known", "email": "known@example.com"})
        by_contact, by_address, by_nothing = (
            self._open(partner_id=known.id),
            self._open(email_from="Ada Sample <ada@example.com>"),
            self._open(),
        )
        for lead, address in ((by_contact, known.email), (by_address, "ada@example.com"), (by_nothing, False)):
            partner_ids = lead.action_score_step("message")["context"]["default_partner_ids"]
            self.assertEqual(self.env["res.partner"].browse(partner_ids).email_normalized, address)
