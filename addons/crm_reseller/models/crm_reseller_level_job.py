import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..programme.facts import DOWN, UP, Standing
from ..programme.judge import judge

QUIET_DAYS = 90  # what somebody dismissed or undid is not proposed again so soon

_logger = logging.getLogger(__name__)


class CrmResellerLevelChange(models.Model):
    """Gathers in bulk what partners have won, asks the engine, and proposes."""

    _inherit = "crm.reseller.level.change"

    @api.model
    def _cron_levels(self):
        """Once a month; a company that fails is logged and stops no other."""
        for company in self.env["res.company"].search([("reseller_levels", "=", True)]):
            try:
                with self.env.cr.savepoint():
                    self._propose(company)
            except Exception:
                _logger.exception("levels of partners of %s could not be judged", company)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _propose(self, company):
        """:return: the changes that are new"""
        levels, standings = self._standings(company)
        verdicts = [
            judge(levels, one, fields.Date.today(), company.reseller_level_grace_days) for one in standings.values()
        ]
        self._note_below(verdicts)
        changes = self._renew_proposals(company, [one for one in verdicts if one.kind in (UP, DOWN)], standings)
        if company.reseller_levels_auto:
            changes._apply()
        elif changes:
            company._tell_channel_managers(changes, lambda told: told._manager_words())
        return changes

    @api.model
    def _standings(self, company, months=None, only=None):
        """:return: (levels by rules, {partner id: standing}) of a company, in a constant number of queries"""
        grades = self._ruled_grades(company)
        domain = self._get_level_domain(company, grades) & (Domain("id", "in", only.ids) if only else Domain.TRUE)
        partners = self.env["res.partner"].sudo().search(domain)
        partners = partners.filtered(lambda partner: partner == partner.commercial_partner_id)
        won = self._won_of(company, partners, months or company.reseller_level_months)
        return [grade._level() for grade in grades], {
            partner.id: self._standing(partner, won.get(partner.id, (0.0, 0))) for partner in partners
        }

    @api.model
    def _standing(self, partner, won):
        return Standing(partner.id, partner.grade_id.id, *won, partner.reseller_below_since or None)

    @api.model
    def _ruled_grades(self, company):
        domain = [("reseller_is_ruled", "=", True), ("company_id", "in", [company.id, False])]
        return self.env["res.partner.grade"].sudo().search(domain)

    @api.model
    def _get_level_domain(self, company, grades):
        """A partner of no company is judged by that of his level, and else by the main one: by one company only."""
        shared = [company.id]
        if company == self.env["res.company"].sudo()._get_main_company():
            shared.append(False)
        return (
            Domain("grade_id", "in", grades.ids)
            & (Domain("company_id", "=", company.id) | Domain("company_id", "=", False))
            & (Domain("company_id", "=", company.id) | Domain("grade_id.company_id", "in", shared))
        )

    @api.model
    def _won_since(self, months):
        return fields.Date.subtract(fields.Date.today(), months=months)

    @api.model
    def _won_of(self, company, partners, months):
        """:return: {partner id: (won money, won deals)}, of colleagues too"""
        own = [company.id]
        if company == self.env["res.company"].sudo()._get_main_company():
            own.append(False)
        domain = [
            ("won_status", "=", "won"),
            ("date_closed", ">=", fields.Datetime.to_datetime(self._won_since(months))),
            ("partner_assigned_id.commercial_partner_id", "in", partners.ids),
            ("company_id", "in", own),
        ]
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        found = {}
        for holder, number, amount in leads._read_group(
            domain, ["partner_assigned_id"], ["__count", "expected_revenue:sum"]
        ):
            before = found.get(holder.commercial_partner_id.id, (0.0, 0))
            found[holder.commercial_partner_id.id] = before[0] + (amount or 0.0), before[1] + number
        return found

    @api.model
    def _note_below(self, verdicts):
        """Since when partners are below their level; written only where it is new."""
        partners = self.env["res.partner"].sudo().browse([one.partner for one in verdicts])
        by_day = {}
        for partner, verdict in zip(partners, verdicts, strict=True):
            if (partner.reseller_below_since or None) != verdict.below:
                by_day.setdefault(verdict.below, partner.browse())
                by_day[verdict.below] |= partner
        for day, theirs in by_day.items():
            theirs.write({"reseller_below_since": day or False})

    @api.model
    def _renew_proposals(self, company, verdicts, standings):
        """What is no longer due is closed, what is proposed already stays, what somebody refused lately is left."""
        changes = self.sudo()
        known = changes.search([("company_id", "=", company.id), ("state", "=", "proposed")])
        due = {(one.partner, one.level): one for one in verdicts}
        key = lambda change: (change.partner_id.id, change.to_grade_id.id)  # noqa: E731
        stale = known.filtered(
            lambda change: key(change) not in due or change.partner_id.grade_id != change.from_grade_id
        )
        stale.write({"state": "outdated"})
        refused = changes.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("dismissed", "undone")),
                ("decided_at", ">", fields.Datetime.now() - timedelta(days=QUIET_DAYS)),
            ]
        )
        left = {key(change) for change in (known - stale) | refused}
        return changes.create(
            [
                self._prepare_change_vals(company, verdict, standings[verdict.partner])
                for pair, verdict in due.items()
                if pair not in left
            ]
        )

    @api.model
    def _prepare_change_vals(self, company, verdict, standing):
        return {
            "partner_id": verdict.partner,
            "company_id": company.id,
            "kind": verdict.kind,
            "from_grade_id": standing.level,
            "to_grade_id": verdict.level,
            "won_amount": standing.amount,
            "won_count": standing.count,
            "reason": self.with_context(lang=company.partner_id.lang)._verdict_words(company, verdict, standing),
        }

    def _manager_words(self):
        body = self.env._("%(number)s partners have earned another level. Please decide.", number=len(self))
        return self.env._("Levels of partners"), body
