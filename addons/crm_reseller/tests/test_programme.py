from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .offer_common import NOW
from .programme_common import ProgrammeCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProgramme(ProgrammeCase):
    """Levels by rules: proposed with the reason, decided by a person, undone by one."""

    def propose(self):
        self.env.flush_all()
        return self.Change._propose(self.company_a)

    def test_up(self):
        """Deals of the company and of its people count, within the months; the reason has the figures."""
        self.win(self.brussels, 8000)
        self.win(self.pia.partner_id, 2000)
        self.win(self.leeds, 60000, "2025-03-09")  # too long ago
        change = self.propose()
        self.assertRecordValues(
            change,
            [
                {
                    "partner_id": self.brussels.id,
                    "kind": "up",
                    "from_grade_id": self.bronze.id,
                    "to_grade_id": self.silver.id,
                    "won_amount": 10000,
                    "won_count": 2,
                    "state": "proposed",
                }
            ],
        )
        for word in ("10,000.00 in 2 deals", "Silver asks for", "and 2 deals"):
            self.assertIn(word, change.reason.replace("$\xa0", "").replace("\xa0", " "))
        self.assertEqual(self.brussels.grade_id, self.bronze, "nothing changes before somebody has confirmed")
        self.assertFalse(self.propose(), "asked again it is not proposed twice")
        change.with_user(self.cora).action_confirm()
        self.assertEqual(self.brussels.grade_id, self.silver)
        self.assertEqual((change.state, change.decided_by_id), ("done", self.cora))
        self.assertIn("Silver asks for", str(self.brussels.message_ids.mapped("body")))

    def test_down_after_grace(self):
        """Noted first; proposed after the grace period; who recovers meanwhile is left alone."""
        (self.brussels + self.leeds).grade_id = self.gold
        self.assertFalse(self.propose())
        self.assertEqual(str(self.brussels.reseller_below_since), "2026-03-10")
        self.win(self.leeds, 50000)
        with freeze_time("2026-05-08 09:00:00"):
            self.assertFalse(self.propose())
            self.assertFalse(self.leeds.reseller_below_since)
        with freeze_time("2026-05-09 09:00:00"):
            change = self.propose()
        self.assertRecordValues(
            change, [{"partner_id": self.brussels.id, "kind": "down", "to_grade_id": self.bronze.id}]
        )
        self.assertIn("Below that since", change.reason)

    def test_dismiss(self):
        """Dismissed, the level stays, a grace period begins anew, and for ninety days nobody is asked again."""
        self.win(self.brussels, 50000)
        change = self.propose()
        change.with_user(self.cora).action_dismiss()
        self.assertEqual((self.brussels.grade_id, change.state), (self.bronze, "dismissed"))
        self.assertFalse(self.propose())
        with self.assertRaisesRegex(UserError, "decided already"):
            change.with_user(self.cora).action_confirm()
        with freeze_time("2026-06-20 09:00:00"):
            self.assertEqual(self.propose().to_grade_id, self.gold)

    def test_undo(self):
        """The former level is back; not where somebody has set another one since."""
        self.company_a.reseller_levels_auto = True
        self.win(self.brussels, 50000)
        change = self.propose()
        self.assertEqual((self.brussels.grade_id, change.state), (self.gold, "done"))
        change.with_user(self.cora).action_undo()
        self.assertEqual((self.brussels.grade_id, change.state), (self.bronze, "undone"))
        self.assertFalse(self.propose(), "what somebody undid is not done again")
        self.win(self.leeds, 50000)
        other = self.propose()
        self.leeds.grade_id = self.silver
        with self.assertRaisesRegex(UserError, "another level since"):
            other.with_user(self.cora).action_undo()

    def test_overtaken(self):
        """A proposal closes when it is no longer due, and does nothing when the level was set by hand meanwhile."""
        lead = self.win(self.brussels, 50000)
        change = self.propose()
        lead.expected_revenue = 1
        self.propose()
        self.assertEqual(change.state, "outdated")
        lead.expected_revenue = 50000
        change = self.propose()
        self.brussels.grade_id = self.grade
        change.with_user(self.cora).action_confirm()
        self.assertEqual((change.state, self.brussels.grade_id), ("outdated", self.grade))

    def test_who_is_judged(self):
        """Not: levels without rules, contacts of a company, partners of another company, other companies' deals."""
        self.leeds.grade_id = self.grade
        self.lyon.company_id = self.company_b
        self.pia.partner_id.grade_id = self.bronze
        for partner in (self.leeds, self.lyon):
            self.win(partner, 60000)
        lead = self.give(self.brussels, company_id=self.company_b.id, revenue=60000)
        lead.action_set_won()
        self.assertFalse(self.propose().filtered(lambda change: change.partner_id in self.resellers))

    def test_shared_partner_is_judged_once(self):
        """Of two companies with levels by rules one judges a partner of both: that of his level."""
        self.company_b.reseller_levels = True
        self.win(self.brussels, 50000)
        self.propose()
        self.assertFalse(self.Change._propose(self.company_b).filtered(lambda one: one.partner_id == self.brussels))

    def test_trial(self):
        """Says what would become of whom, and changes nothing, not even since when somebody is below."""
        self.leeds.grade_id = self.gold
        self.win(self.brussels, 50000)
        trial = self.env["crm.reseller.level.trial"].with_user(self.users["mona"]).create({"grace_days": 30})
        trial.action_try()
        lines = trial.line_ids.filtered(lambda line: line.partner_id in self.resellers)
        self.assertEqual({line.partner_id: line.kind for line in lines}, {self.brussels: "up", self.leeds: "grace"})
        self.assertIn("until 04/09/2026", lines.filtered(lambda line: line.kind == "grace").reason)
        self.assertFalse(self.changes())
        self.assertFalse(self.leeds.reseller_below_since)

    def test_queries(self):
        """Sixty partners take no more queries to gather and judge than three."""
        counts = []
        for number in (0, 57):
            self.env["res.partner"].create([{"name": "More", "grade_id": self.bronze.id} for _one in range(number)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Change._standings(self.company_a)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_job(self):
        """The job runs while a company wants it; a company that fails stops no other; managers are told once."""
        job = self.env.ref("crm_reseller.ir_cron_levels")
        menu = self.env.ref("crm_reseller.crm_reseller_level_change_menu")
        for is_on in (False, True):
            self.company_a.reseller_levels = is_on
            self.assertEqual((job.active, menu.active), (is_on, is_on))
        self.win(self.brussels, 50000)
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertEqual(self.changes().partner_id, self.brussels)
        told = self.env["mail.message"].search(
            [("model", "=", self.Change._name), ("partner_ids", "=", self.cora.partner_id.id)]
        )
        self.assertEqual(len(told), 1)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who(self):
        """Channel managers and sales managers decide; nobody writes a change by hand, and others reach none."""
        self.win(self.brussels, 50000)
        change = self.propose()
        for name, user in {**self.users, "pia": self.pia, "rex": self.rex}.items():
            own = change.with_user(user)
            self.assertEqual(own.has_access("read"), name in ("mona", "cora"), name)
            for attempt in (
                lambda own=own: own.write({"to_grade_id": self.silver.id}),
                lambda own=own: own.create({}),
                lambda own=own: own.unlink(),
                *(() if name in ("mona", "cora") else (own.action_confirm, own.action_dismiss, own.action_undo)),
            ):
                with self.assertRaises(AccessError, msg=name):
                    attempt()
        foreign = self.cora.copy(
            {"login": "cora_b", "company_id": self.company_b.id, "company_ids": self.company_b.ids}
        )
        self.assertFalse(change.with_user(foreign).has_access("read"))
        self.assertEqual(change.state, "proposed")
