from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ..programme.facts import DOWN, GRACE, UP
from ..programme.judge import is_met, judge, progress


class CrmResellerLevelChange(models.Model):
    """What people read of levels: channel managers, and partners on their page."""

    _inherit = "crm.reseller.level.change"

    @api.model
    def _verdict_words(self, company, verdict, standing, months=None):
        """Why a partner gets another level, or keeps his."""
        grades = self.env["res.partner.grade"].sudo().with_context(lang=self.env.lang)
        own, to = grades.browse(standing.level), grades.browse(verdict.level)
        told = [self._won_words(company, standing, months or company.reseller_level_months)]
        if verdict.kind == UP:
            told.append(self._asks_words(company, to))
        if verdict.kind in (DOWN, GRACE):
            told.append(self._asks_words(company, own))
            told.append(
                self.env._(
                    "Below that since %(day)s; the level is kept until %(until)s.",
                    day=format_date(self.env, verdict.below),
                    until=format_date(self.env, verdict.until),
                )
            )
        return " ".join(told)

    @api.model
    def _won_words(self, company, standing, months):
        return self.env._(
            "Won since %(day)s: %(amount)s in %(count)s deals.",
            day=format_date(self.env, self._won_since(months)),
            amount=format_amount(self.env, standing.amount, company.currency_id),
            count=standing.count,
        )

    @api.model
    def _asks_words(self, company, grade):
        return self.env._(
            "%(level)s asks for %(what)s.",
            level=grade.name,
            what=self._amounts_words(company, grade.reseller_amount, grade.reseller_count, grade.reseller_needs)
            or self.env._("nothing"),
        )

    @api.model
    def _amounts_words(self, company, amount, count, needs):
        """ "12,000 € and 3 deals", "12,000 € or 3 deals", or one of them; '' where there is neither."""
        money = format_amount(self.env, amount, company.currency_id) if amount else ""
        deals = count and (self.env._("one deal") if count == 1 else self.env._("%(number)s deals", number=count))
        if money and deals:
            return (
                self.env._("%(money)s and %(deals)s", money=money, deals=deals)
                if needs == "all"
                else self.env._("%(money)s or %(deals)s", money=money, deals=deals)
            )
        return money or deals or ""

    # -- the partner's page --------------------------------------------------------------------

    @api.model
    def _programme_company(self, partner):
        """Who judges a partner, as long as it lets levels be given by rules."""
        main = self.env["res.company"].sudo()._get_main_company()
        company = (partner.company_id or partner.grade_id.company_id or main).sudo()
        return company if company.reseller_levels else company.browse()

    @api.model
    def _for_partner(self, partner):
        """All that a partner reads of the programme, as plain values; {} where there is nothing for him."""
        partner = partner.sudo()
        company = self._programme_company(partner)
        if not company or not partner.active or not partner.grade_id or partner.partner_weight <= 0:
            return {}
        grade = partner.grade_id
        values = {"level": grade.name, "benefits": grade.reseller_benefits or "", "next": {}, "kept": "", "won": ""}
        levels, standings = self._standings(company, only=partner)
        if partner.id not in standings:
            return values
        standing = standings[partner.id]
        values["won"] = self._won_words(company, standing, company.reseller_level_months)
        own = grade._level()
        if not is_met(own, standing):
            verdict = judge(levels, standing, fields.Date.today(), company.reseller_level_grace_days)
            values["kept"] = self._kept_words(company, grade, verdict)
        if left := progress(levels, standing):
            values["next"] = self._next_values(company, left)
        return values

    @api.model
    def _kept_words(self, company, grade, verdict):
        asks = self._asks_words(company, grade)
        if verdict.kind == GRACE:
            return (
                asks + " " + self.env._("You keep your level until %(day)s.", day=format_date(self.env, verdict.until))
            )
        return asks

    @api.model
    def _next_values(self, company, left):
        grade = self.env["res.partner.grade"].sudo().browse(left.level)
        missing = self._amounts_words(company, left.amount, left.count, left.needs)
        return {
            "level": grade.name,
            "benefits": grade.reseller_benefits or "",
            "percent": int(100 * left.share),
            "words": self.env._("%(missing)s more until %(level)s", missing=missing, level=grade.name)
            if missing
            else self.env._("You have all that %(level)s asks for. We look at it soon.", level=grade.name),
        }
