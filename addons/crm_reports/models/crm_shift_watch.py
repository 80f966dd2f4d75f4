import logging
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..figures import shifts

_logger = logging.getLogger(__name__)

ON = "crm_reports.watch"
WEEKS = shifts.WEEKS_BEFORE + shifts.WEEKS_NOW
PARTS = ("source_id", "team_id")


class CrmShift(models.Model):
    """The weekly job that looks for shifts in intake, conversion and time in stage, and tells the managers."""

    _inherit = "crm.shift"

    @api.model
    def _switch_watching(self, on):
        self.env["ir.config_parameter"].sudo().set_param(ON, on)
        cron = self.env.ref("crm_reports.ir_cron_shifts").sudo()
        cron.active = on

    @api.model
    def _cron_shifts(self):
        """Company by company; one that fails is left out and stops nothing."""
        if not self.env["ir.config_parameter"].sudo().get_param(ON):
            return
        companies = self.env["res.company"].search([])
        for place, company in enumerate(companies, 1):
            try:
                with self.env.cr.savepoint():
                    self.with_company(company)._look(company)
            except Exception:
                _logger.exception("Shifts of company %s could not be looked for", company.id)
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - place):
                return

    @api.model
    def _look(self, company):
        """Keep and tell what has shifted and was not told within the last four weeks."""
        today = fields.Date.today()
        found = shifts.beyond([*self._intakes(company), *self._conversions(company), *self._stage_times(company)])
        recent = self.search([("company_id", "=", company.id), ("week", ">", today - timedelta(weeks=4))])
        told = {(one.kind, one.source_id.id, one.team_id.id, one.stage_id.id, one.now > one.before) for one in recent}
        new = self.create(
            [
                values
                for values in (self._shift_vals(shift, company, today) for shift in found)
                if self._shift_key(values) not in told
            ]
        )
        if new:
            new._tell_managers(company)
        return new

    @api.model
    def _shift_vals(self, shift, company, today):
        name, key = shift.part
        values = {"week": today, "kind": shift.kind, "before": shift.before, "now": shift.now, "company_id": company.id}
        return {**values, name: key} if name else values

    @api.model
    def _shift_key(self, values):
        parts = (values.get(name, False) for name in ("source_id", "team_id", "stage_id"))
        return (values["kind"], *parts, values["now"] > values["before"])

    def _tell_managers(self, company):
        """Each in his own language."""
        managers = self.env.ref("sales_team.group_sale_manager").all_user_ids.filtered(
            lambda user: company in user.company_ids and user.active and not user.share
        )
        for manager in managers:
            told = self.with_context(lang=manager.lang)
            self.env["mail.thread"].message_notify(
                partner_ids=manager.partner_id.ids,
                subject=told.env._("What has shifted in the CRM"),
                body=told._shift_lines(),
            )

    def _shift_lines(self):
        from markupsafe import Markup

        return Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s</li>") % shift.sentence for shift in self)

    # -- what is looked at ---------------------------------------------------------------------

    @api.model
    def _weeks_back(self, weeks):
        """The moment at which the week that is so many weeks back began, today being the first day not looked at."""
        return datetime.combine(fields.Date.today() - timedelta(weeks=weeks), datetime.min.time())

    @api.model
    def _leads_of(self, company):
        main = company == self.env["res.company"]._get_main_company()
        return Domain("company_id", "in", [company.id, False] if main else [company.id])

    @api.model
    def _intakes(self, company):
        """Leads a week: of all, of each source, of each team."""
        begin, end = self._weeks_back(WEEKS), self._weeks_back(0)
        leads = self.env["crm.lead"].with_context(active_test=False)
        query = leads._search(
            self._leads_of(company) & Domain("create_date", ">=", begin) & Domain("create_date", "<", end)
        )
        week = SQL("floor(EXTRACT(EPOCH FROM create_date - %s) / 604800)::int", begin)
        query.order = None
        query.groupby = SQL("1, 2, 3")
        columns = [SQL.identifier("crm_lead", name) for name in PARTS]
        weeks = {}
        for place, source, team, number in self.env.execute_query(query.select(week, *columns, SQL("count(*)"))):
            for part in ((None, None), ("source_id", source), ("team_id", team)):
                if part[0] is None or part[1]:
                    weeks.setdefault(part, [0] * WEEKS)[place] += number
        return [shifts.intake(part, numbers) for part, numbers in weeks.items()]

    @api.model
    def _conversions(self, company):
        """Won and lost: of all, of each source, of each team."""
        times = (
            (self._weeks_back(WEEKS), self._weeks_back(shifts.WEEKS_NOW)),
            (self._weeks_back(shifts.WEEKS_NOW), self._weeks_back(0)),
        )
        leads, found = self.env["crm.lead"].with_context(active_test=False), {}
        for place, (begin, end) in enumerate(times):
            domain = self._leads_of(company) & Domain("date_closed", ">=", begin) & Domain("date_closed", "<", end)
            for source, team, won, lost in leads._read_group(domain, PARTS, ["won_count:sum", "lost_count:sum"]):
                for part in ((None, None), ("source_id", source.id), ("team_id", team.id)):
                    if part[0] is None or part[1]:
                        counts = found.setdefault(part, [[0, 0], [0, 0]])[place]
                        counts[0] += won or 0
                        counts[1] += lost or 0
        return [shifts.conversion(part, tuple(before), tuple(now)) for part, (before, now) in found.items()]

    @api.model
    def _stage_times(self, company):
        """Days of the stays that ended, stage by stage; nothing where what happens is not counted."""
        middle, end = self._weeks_back(shifts.WEEKS_NOW), self._weeks_back(0)
        main = company == self.env["res.company"]._get_main_company()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT stage_id, COALESCE(array_agg(days) FILTER (WHERE left_at < %(middle)s), '{}'),
                       COALESCE(array_agg(days) FILTER (WHERE left_at >= %(middle)s), '{}')
                  FROM crm_lead_passage
                 WHERE left_at >= %(begin)s AND left_at < %(end)s
                   AND (company_id = %(company)s OR (%(main)s AND company_id IS NULL))
                 GROUP BY stage_id
                """,
                begin=self._weeks_back(WEEKS),
                middle=middle,
                end=end,
                company=company.id,
                main=main,
            )
        )
        return [shifts.stage(("stage_id", stage), before, now) for stage, before, now in rows]
