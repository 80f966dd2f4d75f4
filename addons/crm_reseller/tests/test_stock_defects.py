from odoo.tests import tagged

from ..hooks import post_init_hook, uninstall_hook
from ..models.mend import MEND, is_mended
from .common import ResellerCase


@tagged("post_install", "-at_install")
class TestStockDefects(ResellerCase):
    """What goes wrong in Odoo's own assignment to partners, and does not where ours is on.

    Each scenario answers whether the defect shows. It is played once with the setting on and once with it
    off: the day on which Odoo mends a defect, its test says so.
    """

    def _shows(self, scenario, is_on):
        """Whether the defect shows; nothing stays of the scenario."""
        savepoint = self.env.cr.savepoint()
        self.mend(is_on)
        shows = scenario()
        self.env.cr.precommit.clear()
        savepoint.rollback()
        savepoint.close(rollback=False)
        self.env.transaction.clear()
        self.env.registry.clear_cache()
        return shows

    def _assert_mended(self, scenario):
        self.assertFalse(self._shows(scenario, True), "with the setting on")
        self.assertTrue(self._shows(scenario, False), "Odoo no longer has this defect: the docs may say so")

    def test_s16_everybody_gets_the_first_partner(self):
        """S16: with Odoo a British lead goes to Brussels because a Belgian one was assigned before it."""

        def shows():
            leads = self._make_lead("Belgian") + self._make_lead("British", "uk")
            leads.assign_partner()
            return leads.partner_assigned_id != self.brussels + self.leeds

        self._assert_mended(shows)

    def test_s16_no_partner_for_the_first(self):
        """A lead for which there is no partner is tagged, and keeps nobody else from his."""
        self.mend(True)
        leads = self._make_lead("Nowhere", "jp") + self._make_lead("British", "uk")
        leads.assign_partner()
        self.assertFalse(leads[0].partner_assigned_id)
        self.assertIn(self.env.ref("website_crm_partner_assign.tag_portal_lead_partner_unavailable"), leads[0].tag_ids)
        self.assertEqual(leads[1].partner_assigned_id, self.leeds)

    def test_s17_partner_follows(self):
        """S17: with Odoo a partner to whom a lead is forwarded does not follow it."""

        def shows():
            lead = self._make_lead("Belgian")
            self.forward(lead, self.brussels)
            return self.brussels not in lead.message_partner_ids

        self._assert_mended(shows)

    def test_s17_log_in(self):
        """S17: with Odoo the first partner reads that he can't log in when the last one can't, and so on."""

        def shows():
            before = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
            leads = self._make_lead("Belgian") + self._make_lead("French", "fr")
            self.forward(leads, self.brussels + self.lyon)
            mails = self.env["mail.mail"].search([("id", ">", before)])
            told = {mail.email_to: "You do not have yet a portal access" not in mail.body_html for mail in mails}
            return told != {self.brussels.email_formatted: True, self.lyon.email_formatted: False}

        self._assert_mended(shows)

    def test_s17_former_partner(self):
        """S17: a partner from whom a lead is taken no longer gets its messages; colleagues of ours still do."""
        self.mend(True)
        lead = self._make_lead("Belgian")
        self.forward(lead, self.brussels)
        lead.message_subscribe((self.pia | self.users["olga"]).partner_id.ids)
        self.forward(lead, self.leeds)
        self.assertIn(self.leeds, lead.message_partner_ids)
        self.assertIn(self.users["olga"].partner_id, lead.message_partner_ids)
        self.assertFalse(lead.message_partner_ids & (self.brussels | self.pia.partner_id))

    def test_s18_counted_once(self):
        """S18: with Odoo two leads of a partner with three invoice lines count as six."""

        def shows():
            for name in ("One", "Two"):
                self._make_lead(name, partner_assigned_id=self.brussels.id)
            self._invoice(self.brussels, (100, 200, 300))
            self.env.flush_all()
            [(leads, turnover)] = self.env["crm.partner.report.assign"]._read_group(
                [("partner_id", "=", self.brussels.id)], [], ["nbr_opportunities:sum", "turnover:sum"]
            )
            self.assertEqual(turnover, 600)
            return leads != 2

        self._assert_mended(shows)

    def _invoice(self, partner, prices):
        """An invoice with a line for each price, as far as there are accounts to book on."""
        accounts = self.env["account.account"]
        company = {"company_ids": self.company_a.ids}
        income = accounts.create({"name": "Sold", "code": "700RES", "account_type": "income", **company})
        owed = accounts.create({"name": "Owed", "code": "400RES", "account_type": "asset_receivable", **company})
        partner.property_account_receivable_id = owed
        journal = self.env["account.journal"].create(
            {"name": "Sales of the test", "code": "RES", "type": "sale", "default_account_id": income.id}
        )
        lines = [
            (0, 0, {"name": "Work", "price_unit": price, "account_id": income.id, "tax_ids": False}) for price in prices
        ]
        self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": journal.id,
                "invoice_date": "2026-03-10",
                "invoice_line_ids": lines,
            }
        ).action_post()

    def test_rows_of_the_report(self):
        """Ids are unique, a partner without leads or invoices has a row, all by one country."""
        self.mend(True)
        self._invoice(self.brussels, (100, 200))
        self.env.flush_all()
        report = self.env["crm.partner.report.assign"]
        rows = report.search([("partner_id", "in", (self.brussels | self.lyon).ids)])
        self.assertEqual(len(rows), 4)
        self.assertEqual(len(set(rows.ids)), 4)
        self.assertEqual(set(rows.country_id.mapped("code")), {"BE", "FR"})

    def test_switch(self):
        """Installing switches it on, the settings page off and on; uninstalling leaves no parameter."""
        post_init_hook(self.env)
        self.assertTrue(is_mended(self.env))
        for is_on in (False, True):
            self.env["res.config.settings"].create({"crm_reseller_mend": is_on}).execute()
            self.assertEqual(is_mended(self.env), is_on)
        uninstall_hook(self.env)
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "=like", "crm_reseller.%")]))
        self.assertEqual(MEND, "crm_reseller.mend")
