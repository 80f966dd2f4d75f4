from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, email_domain_extract

from odoo.addons.iap.tools import iap_tools

from .res_partner import COMPANY_SIZES

FILL_BELOW = "crm_core.company_profile_fill_below"
FILL_BATCH = 20_000


class CrmLead(models.Model):
    """What is known of the lead's company: from its contact, else typed."""

    _inherit = "crm.lead"

    industry_id = fields.Many2one(
        "res.partner.industry", compute="_compute_industry_id", store=True, readonly=False, index="btree_not_null"
    )
    company_size = fields.Selection(
        COMPANY_SIZES, string="Employees", compute="_compute_company_size", store=True, readonly=False
    )
    company_domain = fields.Char(
        "Company Domain",
        compute="_compute_company_domain",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="Internet domain of the lead's company, from its website or e-mail address; "
        "addresses at public mailbox providers say nothing about the company.",
    )

    @api.depends("partner_id")
    def _compute_industry_id(self):
        for lead in self:
            if not lead.industry_id or lead.partner_id.industry_id:
                lead.industry_id = lead.partner_id.industry_id

    @api.depends("partner_id")
    def _compute_company_size(self):
        for lead in self:
            if not lead.company_size or lead.partner_id.company_size:
                lead.company_size = lead.partner_id.company_size

    @api.depends("partner_id", "website", "email_normalized")
    def _compute_company_domain(self):
        for lead in self:
            found = lead._find_company_domain()
            if found or not lead.company_domain:
                lead.company_domain = found

    def _find_company_domain(self):
        """The domain of the contact's website, else of the lead's, else of an e-mail address."""
        self.ensure_one()
        partner = self.partner_id
        return (
            self._domain_of_website(partner.commercial_partner_id.website or partner.website or self.website)
            or self._domain_of_email(self.email_normalized)
            or self._domain_of_email(partner.email_normalized)
        )

    @api.model
    def _domain_of_website(self, website):
        if not website:
            return False
        try:
            host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
        except ValueError:
            return False
        host = host.removeprefix("www.").rstrip(".")
        return host if "." in host else False

    @api.model
    def _domain_of_email(self, email):
        domain = email_domain_extract(email) if email else False
        return domain if domain and domain not in iap_tools._MAIL_PROVIDERS else False

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """A company made from the lead knows what the lead knew of it."""
        values = super()._prepare_customer_values(partner_name, is_company=is_company, parent_id=parent_id)
        if is_company:
            values.update(industry_id=self.industry_id.id, company_size=self.company_size)
        return values

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), "industry_id", "company_size", "company_domain"]

    @api.model
    def _start_filling_company_profiles(self):
        """Let the job go once over the leads that were there before this addon."""
        self.env.cr.execute(SQL("SELECT max(id) FROM crm_lead"))
        highest = self.env.cr.fetchone()[0] or 0
        self.env["ir.config_parameter"].sudo().set_param(FILL_BELOW, highest + 1)
        cron = self.env.ref("crm_core.ir_cron_fill_company_profile").sudo()
        cron.active = True
        cron._trigger()

    @api.model
    def _cron_fill_company_profile(self):
        """Fill empty profiles from the contacts, newest leads first, one batch a transaction.

        Goes by SQL so that neither `write_date` nor automation rules take it for somebody's
        work; rows that a salesperson is just writing are left alone.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        below = int(parameters.get_param(FILL_BELOW, 0))
        while below > 1:
            lowest = max(below - FILL_BATCH, 1)
            leads = self.with_context(active_test=False).search(
                Domain("id", ">=", lowest)
                & Domain("id", "<", below)
                & Domain("industry_id", "=", False)
                & Domain("company_size", "=", False)
                & Domain("company_domain", "=", False)
            )
            leads.try_lock_for_update()._fill_company_profile()
            below = lowest
            parameters.set_param(FILL_BELOW, below)
            if not self.env["ir.cron"]._commit_progress(len(leads), remaining=below - 1):
                return

    def _fill_company_profile(self):
        rows = []
        for lead in self:
            partner, domain = lead.partner_id, lead._find_company_domain()
            row = (lead.id, partner.industry_id.id or None, partner.company_size or None, domain or None)
            if any(row[1:]):
                rows.append(row)
        if not rows:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET industry_id = v.industry, company_size = v.size, company_domain = v.domain"
                " FROM unnest(%s::int[], %s::int[], %s::varchar[], %s::varchar[]) AS v(id, industry, size, domain)"
                " WHERE crm_lead.id = v.id",
                *map(list, zip(*rows, strict=True)),
            )
        )
        self.invalidate_recordset(["industry_id", "company_size", "company_domain"], flush=False)
