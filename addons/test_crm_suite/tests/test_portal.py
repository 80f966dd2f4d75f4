from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SuiteCase


class PortalCase(SuiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._make_lead("Lead for Rondo", partner_assigned_id=cls.rondo.id, contact_name="Lia Lead")
        cls.rival_lead = cls._make_lead("Lead for Pacific", partner_assigned_id=cls.pacific.id)
        cls.deal = cls._make_opportunity("Deal of Rondo", cls.lena, partner_assigned_id=cls.rondo.id)
        cls.rival_deal = cls._make_opportunity("Deal of Pacific", cls.lena, partner_assigned_id=cls.pacific.id)
        cls.own_deal = cls._make_opportunity("Our own deal", cls.lena)


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestPartnerPortal(PortalCase):
    def test_partner_accepts_a_lead(self):
        """F27: a reseller reads the lead offered to him in the portal and accepts it: an opportunity of his."""
        self.start_tour("/my", "crm_suite_partner_accepts", login=self.rita.login)
        self.assertRecordValues(self.lead, [{"type": "opportunity", "partner_assigned_id": self.rondo.id}])
        self.assertIn("Visit on Monday", "".join(self.lead.message_ids.mapped("body")))

    def test_partner_works_his_pipeline(self):
        """F27: a reseller sees his deals only, adds one of his own, moves it on and says what it is worth."""
        self.start_tour("/my", "crm_suite_partner_pipeline", login=self.rita.login)
        found = self.env["crm.lead"].search([("name", "=", "Found it myself")])
        self.assertRecordValues(
            found,
            [
                {
                    "type": "opportunity",
                    "partner_assigned_id": self.rondo.id,
                    "stage_id": self.stage_qualified.id,
                    "expected_revenue": 1200,
                    "user_id": self.lena.id,
                }
            ],
        )


@tagged("post_install", "-at_install")
class TestPartnerLimits(PortalCase):
    def test_only_what_is_his(self):
        """F27: searching as a reseller finds what is assigned to his company and nothing else."""
        self.assertEqual(self.env["crm.lead"].with_user(self.rita).search([]), self.lead + self.deal)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_scores_are_for_colleagues(self):
        """A reseller reads a lead offered to him, but not what it is thought to be worth, nor why."""
        lead = self.lead.with_user(self.rita)
        self.assertEqual(lead.read(["name"])[0]["name"], "Lead for Rondo")
        for name in ("win_score", "win_score_band", "win_score_state", "rule_score", "rule_line_ids", "ready_reason"):
            with self.subTest(name), self.assertRaises(AccessError):
                lead.read([name])
        for call in (
            lead.get_score_reasons,
            lambda: lead.action_score_step("phone"),
            lambda: lead.search([("win_score", ">", 0)]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_no_write_create_delete(self):
        """F27: beyond the portal's own steps a reseller changes nothing, not even on his own deals."""
        own = self.deal.with_user(self.rita)
        for attempt in (
            lambda: own.write({"name": "Mine"}),
            lambda: own.unlink(),
            lambda: own.copy(),
            lambda: self.env["crm.lead"].with_user(self.rita).create({"name": "New"}),
            lambda: self.rival_deal.with_user(self.rita).read(["name"]),
            lambda: self.rival_deal.with_user(self.rita).update_stage_from_portal(self.stage_qualified.id),
            lambda: self.own_deal.with_user(self.rita).partner_interested("Mine now"),
            lambda: self.env["crm.team"].with_user(self.rita).search([]),
        ):
            with self.assertRaises(AccessError):
                attempt()

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_pages_of_others_are_closed(self):
        """F27: the address of another reseller's lead or deal, or of our own deals, opens nothing."""
        self.authenticate(self.rita.login, self.rita.login)
        self.assertEqual(self.url_open(f"/my/opportunity/{self.deal.id}").status_code, 200)
        self.assertEqual(self.url_open(f"/my/lead/{self.lead.id}").status_code, 200)
        for path in (
            f"/my/opportunity/{self.rival_deal.id}",
            f"/my/lead/{self.rival_lead.id}",
            f"/my/opportunity/{self.own_deal.id}",
        ):
            self.assertIn(self.url_open(path).status_code, (403, 404), path)

    def test_declined_is_gone(self):
        """F27: a lead that a reseller declines is his no longer and counts among what he declined."""
        self.lead.with_user(self.rita).partner_desinterested(comment="Too far", contacted=False, spam=False)
        self.assertFalse(self.lead.partner_assigned_id)
        self.assertIn(self.rondo, self.lead.partner_declined_ids)
        self.assertNotIn(self.lead, self.env["crm.lead"].with_user(self.rita).search([]))
