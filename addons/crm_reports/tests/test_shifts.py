from datetime import timedelta

from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .common import NOW, ReportCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestShifts(ReportCase):
    """The weekly look for shifts: a planted one is kept, told once to the managers, and opens its leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].search([("active", "in", [True, False])]).unlink()
        cls.shifts, cls.fair = cls.env["crm.shift"], cls.sources[0]

    def _arrive(self, weekly):
        """So many leads of the fair in each week, the newest last."""
        for back, number in enumerate(reversed(weekly)):
            leads = self.env["crm.lead"].create(
                [{"name": f"Came {n}", "source_id": self.fair.id, "team_id": False} for n in range(number)]
            )
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_lead SET create_date = %s WHERE id = ANY(%s)",
                [NOW.replace(hour=0) - timedelta(days=7 * back + 3), leads.ids],
            )
        self.env.invalidate_all()

    def _run(self):
        self.shifts._switch_watching(True)
        with self.enter_registry_test_mode():
            self.env.ref("crm_reports.ir_cron_shifts").method_direct_trigger()
        self.env.invalidate_all()
        return self.shifts.search([("company_id", "=", self.company.id)])

    def test_source_that_dries_up(self):
        """The fair brought four leads a week and brings none now: told as one of the source, and of all leads."""
        self._arrive([4, 3, 5, 4, 4, 3] * 4 + [4, 5] + [0] * 4)
        found = self._run()
        self.assertEqual(found.mapped("kind"), ["intake", "intake"])
        of_fair = found.filtered("source_id")
        self.assertEqual(of_fair.sentence, "Fair: 0.0 new leads a week, before 3.9.")
        mona = self.users[3].partner_id
        told = self.env["mail.message"].search([("partner_ids", "in", mona.ids), ("subject", "like", "shifted")])
        self.assertEqual(len(told), 1)
        self.assertIn("Fair: 0.0 new leads a week", told.body)
        self.assertFalse(
            self.env["mail.message"].search_count(
                [("partner_ids", "in", self.users[0].partner_id.ids), ("subject", "like", "shifted")]
            )
        )

    def test_told_once(self):
        """The week after, the same shift is not told again; four weeks later it is."""
        self._arrive([4, 3, 5, 4, 4, 3] * 4 + [4, 5] + [0] * 4)
        first = self._run()
        with freeze_time(NOW + timedelta(weeks=1)):
            self.assertEqual(self._run(), first)

    def test_no_shift(self):
        """As many as ever: nothing is kept, nobody is told."""
        self._arrive([4, 3, 5, 4, 4, 3] * 5)
        self.assertFalse(self._run())

    def test_conversion_and_leads_behind(self):
        """Half were won, now a tenth: told with both, and the row opens those that were closed since."""
        leads = self.env["crm.lead"].create(
            [{"name": f"Closed {n}", "type": "opportunity", "source_id": self.fair.id} for n in range(140)]
        )
        lost = leads.filtered(
            lambda lead: int(lead.name.split()[1]) % 2 if lead.id < leads[100].id else lead.id >= leads[104].id
        )
        lost.action_set_lost()
        (leads - lost).write({"stage_id": self.won_stage.id})
        self.env.flush_all()
        for part, back in ((leads[:100], 60), (leads[100:], 10)):
            self.env.cr.execute(
                "UPDATE crm_lead SET date_closed = %s, create_date = %s WHERE id = ANY(%s)",
                [NOW - timedelta(days=back), NOW - timedelta(days=400), part.ids],
            )
        self.env.invalidate_all()
        found = self._run().filtered("source_id")
        self.assertEqual(found.sentence, "Fair: 10 of 100 closed deals are won, before 50.")
        opened = self.env["crm.lead"].search(Domain(found.action_open_leads()["domain"]))
        self.assertEqual(opened, leads[100:])

    def test_off(self):
        """As installed nothing is looked for."""
        self.assertFalse(self.env.ref("crm_reports.ir_cron_shifts").active)
        self._arrive([9] * 26 + [0] * 4)
        self.shifts._cron_shifts()
        self.assertFalse(self.shifts.search_count([]))
