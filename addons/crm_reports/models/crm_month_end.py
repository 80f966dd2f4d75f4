from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_amount

from ..figures.period import Month

CLOSED = Domain("won_status", "in", ["won", "lost"])
OPEN = Domain("won_status", "=", "pending") & Domain("active", "=", True) & Domain("type", "=", "opportunity")
RESULT = ("won_amount", "won_count", "lost_count", "lost_amount")
DEALS = 10
AHEAD = 4


class CrmMonthEnd(models.AbstractModel):
    """What a month brought, by person and team; what was lost, and why; what is expected next."""

    _name = "crm.month.end"
    _inherit = "crm.figure.page"
    _description = "Month End"

    @api.model
    def _page_title(self, options):
        return self.env._("Month End")

    @api.model
    def _page_report(self):
        return "crm_reports.crm_month_end_report"

    @api.model
    def _page_tiles(self, options):
        month, team = Month.of(options["month"]), self._page_team_domain(options)
        _ = self.env._
        now, before, last_year = (self._closed_in(one, team) for one in (month, month.plus(-1), month.plus(-12)))
        within = CLOSED & self._page_within("date_closed", month) & team
        won, lost = within & Domain("won_status", "=", "won"), within & Domain("won_status", "=", "lost")
        new = self._page_within("create_date", month) & team & Domain("active", "in", [True, False])
        ((arrived,),) = self._sums(new)
        ((arrived_before,),) = self._sums(self._page_within("create_date", month.plus(-1)) & team)

        def hint(name, say):
            return _(
                "%(before)s the month before, %(last_year)s a year ago",
                before=say(before[name]),
                last_year=say(last_year[name]),
            )

        return [
            self._page_tile(_("Won"), self._money(now["won_amount"]), hint("won_amount", self._money), won),
            self._page_tile(_("Deals Won"), self._number(now["won_count"]), hint("won_count", self._number), won),
            self._page_tile(_("Lost"), self._money(now["lost_amount"]), hint("lost_amount", self._money), lost),
            self._page_tile(
                _("Won Rate"),
                self._percent(now["won_count"], now["won_count"] + now["lost_count"]),
                _("of %s closed", self._number(now["won_count"] + now["lost_count"])),
                within,
            ),
            self._page_tile(
                _("New Leads"),
                self._number(arrived),
                _("%s the month before", self._number(arrived_before)),
                new,
            ),
        ]

    @api.model
    def _closed_in(self, month, team):
        ((_count, *values),) = self._sums(CLOSED & self._page_within("date_closed", month) & team, (), RESULT)
        return {name: value or 0 for name, value in zip(RESULT, values, strict=True)}

    @api.model
    def _page_tables(self, options):
        _, team = self.env._, self._page_team_domain(options)
        within = CLOSED & self._page_within("date_closed", Month.of(options["month"])) & team
        return [
            self._result_table(_("By Salesperson"), "user_id", _("Salesperson"), within),
            self._result_table(_("By Team"), "team_id", _("Sales Team"), within),
            self._reasons_table(within & Domain("won_status", "=", "lost")),
            self._forecast_table(Month.of(options["month"]), team),
            self._deals_table(within & Domain("won_status", "=", "won")),
        ]

    @api.model
    def _result_table(self, title, field_name, label, within):
        _ = self.env._
        rows = []
        for group, _count, won, won_count, lost_count, lost in self._sums(within, [field_name], RESULT):
            name = group.sudo().display_name or _("None")
            cells = [
                name, self._number(won_count), self._money(won), self._number(lost_count), self._money(lost),
                self._percent(won_count or 0, (won_count or 0) + (lost_count or 0)),
            ]  # fmt: skip
            domain = within & Domain(field_name, "=", group.id) & self._any_active()
            rows.append({"cells": cells, "open": self._opens(f"{title}: {name}", domain)})
        columns = [label, _("Won"), _("Won Revenue"), _("Lost"), _("Lost Revenue"), _("Won Rate")]
        return self._page_table(title, columns, rows, _("Nothing was closed in this month."))

    @api.model
    def _reasons_table(self, lost):
        _ = self.env._
        groups = self._sums(lost, ["lost_reason_id"], ("lost_amount", "lost_count"))
        whole = sum(row[3] or 0 for row in groups)
        rows = []
        for reason, _count, amount, number in groups:
            name = reason.display_name or _("No reason given")
            cells = [name, self._number(number), self._money(amount), self._percent(number, whole)]
            domain = lost & Domain("lost_reason_id", "=", reason.id) & self._any_active()
            rows.append({"cells": cells, "open": self._opens(name, domain)})
        columns = [_("Reason"), _("Lost"), _("Lost Revenue"), _("Share")]
        return self._page_table(_("Why Deals Were Lost"), columns, rows, _("No deal was lost in this month."))

    @api.model
    def _forecast_table(self, month, team):
        """What is open today, by expected closing: what is late, the months to come, later, and without a date."""
        _, rows = self.env._, []
        first = month.plus(1)
        spans = [(_("Should be closed by now"), Domain("date_deadline", "<", first.first))]
        spans += [
            (
                self._page_month_words(first.plus(ahead))[1],
                Domain("date_deadline", ">=", first.plus(ahead).first)
                & Domain("date_deadline", "<=", first.plus(ahead).last),
            )
            for ahead in range(AHEAD)
        ]
        spans += [
            (_("Later"), Domain("date_deadline", ">", first.plus(AHEAD - 1).last)),
            (_("Without a date"), Domain("date_deadline", "=", False)),
        ]
        for name, span in spans:
            domain = OPEN & team & span
            ((number, amount, weighted),) = self._sums(domain, (), ("open_amount", "open_prorated"))
            if number:
                cells = [name, self._number(number), self._money(amount), self._money(weighted)]
                rows.append({"cells": cells, "open": self._opens(f"{_('Forecast')}: {name}", domain)})
        columns = [_("Expected Closing"), _("Open"), _("Expected Revenue"), _("Prorated Revenue")]
        return self._page_table(_("Forecast, as of Today"), columns, rows, _("No opportunity is open."))

    @api.model
    def _deals_table(self, won):
        _, rows = self.env._, []
        leads = self.env["crm.lead"].search(won, order="expected_revenue DESC, id", limit=DEALS)
        for lead in leads:
            cells = [
                lead.name,
                lead.user_id.sudo().name or _("None"),
                format_amount(self.env, lead.expected_revenue, lead.company_currency, trailing_zeroes=False),
            ]
            rows.append({"cells": cells, "open": self._opens(lead.name, Domain("id", "=", lead.id))})
        return self._page_table(
            _("Largest Deals Won"),
            [_("Opportunity"), _("Salesperson"), _("Expected Revenue")],
            rows,
            _("No deal was won in this month."),
        )
