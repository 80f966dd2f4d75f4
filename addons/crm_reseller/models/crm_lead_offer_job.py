import ast
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain

from .crm_lead_offer import USED

BATCH = 100

_logger = logging.getLogger(__name__)


class CrmLeadOffer(models.Model):
    """The job: sends what waits, reminds, takes back what is not answered, offers new leads by themselves."""

    _inherit = "crm.lead.offer"

    @api.model
    def _job(self):
        return self.env.ref("crm_reseller.ir_cron_offers").sudo()

    @api.model
    def _switch_job(self):
        """While a company offers leads: the job runs, salespeople have the menu, and the action on many leads."""
        is_on = bool(self.env["res.company"].sudo().search_count([("reseller_offers", "=", True)], limit=1))
        if self._job().active == is_on:
            return
        if is_on:
            self.env["ir.config_parameter"].sudo().set_param(USED, True)
        self._job().active = is_on
        group = self.env.ref("crm_reseller.group_offers")
        command = Command.link(group.id) if is_on else Command.unlink(group.id)
        self.env.ref("sales_team.group_sale_salesman").sudo().write({"implied_ids": [command]})
        if not is_on:
            group.sudo().user_ids = False
        action = self.env.ref("crm_reseller.crm_lead_action_offer").sudo()
        action.binding_model_id = self.env["ir.model"]._get("crm.lead") if is_on else False

    @api.model
    def _trigger_job(self):
        self._job()._trigger()

    @api.model
    def _cron_offers(self):
        """Step by step, a batch a transaction; what can't be done is noted on the offer and stops nothing else."""
        for step in (self._step_overtaken, self._step_expired, self._step_reminders, self._step_new, self._step_drafts):
            if not self._go_through(step):
                return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _go_through(self, step):
        """:return: False where time is up"""
        tried = set()
        while batch := step(tried):
            records, work = batch
            tried.update(records.ids)
            self._attempt(records, work)
            if not self.env["ir.cron"]._commit_progress(len(records), remaining=1):
                return False
        return True

    def _attempt(self, records, work):
        """Together, and one by one where that fails."""
        try:
            with self.env.cr.savepoint():
                work(records)
        except Exception:
            if len(records) == 1:
                _logger.exception("%s could not be brought forward", records)
                if records._name == self._name:
                    records._close("recalled", self.env._("It could not be sent. The log of the server says why."))
                return
            for record in records:
                self._attempt(record, work)

    def _due(self, domain, tried, work):
        offers = self.search(Domain(domain) & Domain("id", "not in", list(tried)), limit=BATCH, order="id")
        offers = offers.try_lock_for_update(allow_referencing=True)
        return (offers, work) if offers else None

    @api.model
    def _step_overtaken(self, tried):
        closed = [
            *("|", "|", "|", "|", ("lead_id", "=", False), ("lead_id.active", "=", False)),
            *(("lead_id.won_status", "!=", "pending"), ("lead_id.partner_assigned_id", "!=", False)),
            ("partner_id.active", "=", False),
        ]
        return self.with_context(active_test=False)._due(
            [("state", "=", "sent"), ("valid_until", ">", fields.Datetime.now()), *closed],
            tried,
            lambda offers: offers._take_back(),
        )

    def _take_back(self):
        for offer in self:
            offer._close("recalled", offer._why_overtaken())
        self.filtered("lead_id")._ask_next()

    @api.model
    def _step_expired(self, tried):
        domain = [("state", "=", "sent"), ("valid_until", "<=", fields.Datetime.now())]
        return self._due(domain, tried, lambda offers: offers._expire())

    @api.model
    def _step_reminders(self, tried):
        """Once for each offer, and not by companies that wish none."""
        now = fields.Datetime.now()
        due = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("sent_at", "<=", now - timedelta(days=company.reseller_remind_days))
            for company in self.env["res.company"].search([("reseller_remind_days", ">", 0)])
        )
        domain = due & Domain("state", "=", "sent") & Domain("reminded_at", "=", False)
        return self._due(domain, tried, lambda offers: offers._remind())

    @api.model
    def _step_drafts(self, tried):
        return self._due([("state", "=", "draft")], tried, lambda offers: offers._send())

    @api.model
    def _step_new(self, tried):
        """Leads of companies that offer them by themselves, which nobody was asked for yet."""
        for company in self.env["res.company"].search([("reseller_offers", "=", True), ("reseller_auto", "=", True)]):
            leads = self.env["crm.lead"].search(
                self._get_auto_domain(company) & Domain("id", "not in", list(tried)), limit=BATCH, order="id"
            )
            if leads:
                return leads, lambda leads, company=company: leads._make_offers(company, is_sending=False)
        return None

    @api.model
    def _get_auto_domain(self, company):
        own = Domain("company_id", "=", company.id)
        if company == self.env["res.company"]._get_main_company():
            own |= Domain("company_id", "=", False)
        waiting = [
            ("won_status", "=", "pending"),
            ("partner_assigned_id", "=", False),
            ("offer_ids", "=", False),
            *("|", ("reseller_tried_at", "=", False)),
            ("reseller_tried_at", "<", fields.Datetime.now() - timedelta(days=1)),
        ]
        return own & Domain(waiting) & Domain(ast.literal_eval(company.reseller_domain or "[]"))
