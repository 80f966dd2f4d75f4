import random
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.crm_reports.tests.common import NOW
from odoo.addons.crm_reports.tests.report_checks import MEASURES, ReportCheckCase

STATES = ["sent", "accepted", "declined", "expired", "recalled", "lost_to_another"]
ATTENTION = ["waiting_for_us", "overdue", "no_next_step", "stalled", "sleeping", "on_track"]


def hours(offer):
    return (offer.answered_at - offer.sent_at).total_seconds() / 3600 if offer.answered_at else None


def accepted(offer):
    return {"accepted": 100, "declined": 0, "expired": 0}.get(offer.state)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPartnerReports(ReportCheckCase):
    """The leads of crm_reports, most of them with one of two partners or with a contact of theirs; offers and
    registrations drawn from a seed."""

    addon = "crm_reports_reseller"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chance = random.Random(9)
        cls.env.cr.execute("DELETE FROM crm_lead_offer")
        cls.env.cr.execute("DELETE FROM crm_deal_registration")
        cls.env.invalidate_all()
        levels = cls.env["res.partner.grade"].create([{"name": "Low", "sequence": 1}, {"name": "High", "sequence": 2}])
        houses = cls.env["res.partner"].create(
            [
                {"name": f"House {level.name}", "is_company": True, "grade_id": level.id, "email": "h@example.com"}
                for level in levels
            ]
        )
        contacts = cls.env["res.partner"].create(
            [{"name": f"Contact of {house.name}", "parent_id": house.id} for house in houses]
        )
        cls.houses, cls.partners = houses, houses | contacts
        for number, lead in enumerate(cls.leads):
            cls.env.cr.execute(
                "UPDATE crm_lead SET partner_assigned_id = %s, attention_state = %s WHERE id = %s",
                [(number % 5 < 4 and cls.partners[number % 5].id) or None, chance.choice(ATTENTION), lead.id],
            )
        cls.env.invalidate_all()
        cls._make_offers(chance)
        cls.env["crm.deal.registration"].create(
            [
                {
                    "name": f"Customer {number}",
                    "product": "Thing",
                    "partner_id": chance.choice(houses).id,
                    "company_id": cls.company.id,
                    "state": chance.choice(["review", "question", "approved", "refused"]),
                }
                for number in range(20)
            ]
        )

    @classmethod
    def _make_offers(cls, chance):
        reasons = cls.env["crm.lead.offer.decline.reason"].search([])
        values = []
        for lead in cls.leads[:80]:
            for partner in cls.houses:
                state, sent = chance.choice(STATES), NOW - timedelta(days=chance.randint(5, 900))
                answered = sent + timedelta(hours=chance.randint(1, 70))
                values.append(
                    {
                        "lead_id": lead.id,
                        "partner_id": partner.id,
                        "company_id": cls.company.id,
                        "way": "best",
                        "state": state,
                        "sent_at": sent,
                        "answered_at": answered if state in ("accepted", "declined") else False,
                        "decline_reason_id": state == "declined" and chance.choice(reasons).id,
                    }
                )
        cls.env["crm.lead.offer"].create(values)
        cls.env.flush_all()

    def test_reports(self):
        """Each group and measure is what plain Python counts, and each number is the list behind it."""
        reports = self._ready()
        self.assertEqual(len(reports), 13)
        with patch.dict(MEASURES, {"answer_hours": hours, "accepted_rate": accepted}):
            for report in reports:
                with self.subTest(report.name):
                    self._check(report)

    def test_partner_is_his_company(self):
        """What a contact won counts with his company, and with its level."""
        won = self.leads.filtered(lambda lead: lead.won_status == "won" and lead.partner_assigned_id)
        groups = self.env["crm.lead"]._read_group(
            [("id", "in", won.ids)], ["partner_company_id", "partner_level_id"], ["__count"]
        )
        self.assertEqual({house for house, _level, _count in groups}, set(self.houses))
        self.assertTrue(all(house.grade_id == level for house, level, _count in groups))
        self.assertEqual(sum(count for *_group, count in groups), len(won))

    def test_own_documents(self):
        """Olga counts her own leads and what was offered of them; of the registrations she finds no report."""
        olga, _otto, _aldo, mona = self.users
        for model, owner in (("crm.lead", "user_id"), ("crm.lead.offer", "lead_id.user_id")):
            found = self.env[model].with_user(olga).search([]).sudo()
            self.assertEqual(found.mapped(owner), olga)
            counted = self.env[model].with_user(olga).formatted_read_group([], ["partner_company_id"], ["__count"])
            self.assertEqual(sum(group["__count"] for group in counted), len(found))
            self.assertLess(len(found), self.env[model].search_count([]))
        registrations = self.env.ref("crm_reports_reseller.report_partner_registrations")
        reports = self._ready()
        self.assertEqual(reports - reports.with_user(olga).search([("id", "in", reports.ids)]), registrations)
        self.assertEqual(reports.with_user(mona).search([("id", "in", reports.ids)]), reports)
        for report in reports.with_user(olga).search([("id", "in", reports.ids)]):
            self.assertTrue(self.env[report.model].with_user(olga).has_access("read"), report.name)

    def test_portal(self):
        """A partner reads no report and no offer, and of his leads not what these reports add."""
        pia = new_test_user(self.env, login="report_pia", groups="base.group_portal")
        for model in ("crm.report", "crm.lead.offer", "crm.deal.registration"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(pia).search([])
        for name in ("partner_company_id", "partner_level_id"):
            leads = self.env["crm.lead"].with_user(pia)
            for ask in (
                lambda leads=leads, name=name: leads.formatted_read_group([], [name], ["__count"]),
                lambda leads=leads, name=name: leads.search_read([], [name]),
                lambda leads=leads, name=name: leads.search([], order=name),
            ):
                with self.assertRaises(AccessError):
                    ask()

    def test_queries(self):
        """A report asks the database as often for a hundred leads as for some of them."""
        for report in self._ready():
            model, specs = self.env[report.model], report._words("rows") + report._words("columns")
            some = model.search(self._domain(report)).ids
            counts = []
            for ids in (some, some[::2], some):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                model.formatted_read_group([("id", "in", ids)], specs, ["__count"])
                counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(counts[1], counts[2], report.name)
