from datetime import date, datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date, formatLang

from ..figures.period import Month


class CrmFigurePage(models.AbstractModel):
    """A page of figures, each of which opens its records: on screen, and on paper.

    A page is made with the reader's own rights. It is plain data:
    `tiles`: a label, a value in the reader's words, a hint, and what it opens;
    `tables`: a title, columns, rows of cells with what each row opens, and what is said when there is none.
    What is opened is a model and a domain.
    """

    _name = "crm.figure.page"
    _description = "Page of Figures"

    @api.model
    @api.readonly
    def get_page(self, options=None):
        """What the web client and the printed page show.

        :param dict options: `month` ("2026-03") and `team_id`; what is missing or makes no sense is left to the page
        """
        options = self._page_options(options or {})
        return {
            "title": self._page_title(options),
            "options": options,
            "months": self._page_months(),
            "teams": self._page_teams(),
            "tiles": self._page_tiles(options),
            "tables": [table for table in self._page_tables(options) if table],
            "report": self._page_report(),
        }

    # -- what pages say ------------------------------------------------------------------------

    @api.model
    def _page_title(self, options):
        return ""

    @api.model
    def _page_tiles(self, options):
        return []

    @api.model
    def _page_tables(self, options):
        return []

    @api.model
    def _page_report(self):
        """Name of the report that prints the page."""
        return False

    # -- months and teams ----------------------------------------------------------------------

    @api.model
    def _page_options(self, options):
        today = fields.Date.context_today(self)
        try:
            month = Month.of(str(options.get("month")))
        except ValueError:
            month = Month.with_day(today)
        team_id = options.get("team_id")
        team = self.env["crm.team"].browse(team_id if isinstance(team_id, int) and team_id else []).exists()
        return {"month": str(month), "team_id": team.id if team and team.has_access("read") else False}

    @api.model
    def _page_months(self):
        """The last 24 months, the newest first: value and words."""
        month = Month.with_day(fields.Date.context_today(self))
        return [self._page_month_words(month.plus(-back)) for back in range(24)]

    @api.model
    def _page_month_words(self, month):
        return [str(month), format_date(self.env, month.first, date_format="MMMM y")]

    @api.model
    def _page_teams(self):
        return [[team.id, team.display_name] for team in self.env["crm.team"].search([])]

    @api.model
    def _page_team_domain(self, options):
        return Domain("team_id", "=", options["team_id"]) if options["team_id"] else Domain.TRUE

    @api.model
    def _page_within(self, field_name, month):
        """Moments of a month, as the reader's time zone has it."""
        begin, end = month.moments(str(self.env.tz))
        return Domain(field_name, ">=", begin) & Domain(field_name, "<", end)

    # -- words and numbers ---------------------------------------------------------------------

    @api.model
    def _money(self, value):
        return format_amount(self.env, value or 0, self.env.company.currency_id, trailing_zeroes=False)

    @api.model
    def _number(self, value, digits=0):
        return formatLang(self.env, value or 0, digits=digits)

    @api.model
    def _percent(self, part, whole):
        return f"{self._number(100 * part / whole)}\u00a0%" if whole else "–"

    @api.model
    def _opens(self, name, domain, model="crm.lead"):
        """What a click shows, as plain data that travels."""
        leaves = [leaf if isinstance(leaf, str) else [*leaf[:2], self._plain(leaf[2])] for leaf in Domain(domain)]
        return {"name": name, "model": model, "domain": leaves}

    @api.model
    def _plain(self, value):
        if isinstance(value, datetime):
            return fields.Datetime.to_string(value)
        if isinstance(value, date):
            return fields.Date.to_string(value)
        return value if isinstance(value, str | int | float | bool | None) else list(value)

    @api.model
    def _sums(self, domain, groupby=(), measures=()):
        """Groups of leads, the lost ones too, by the measure that comes first: (group, …, number, measure, …).

        Amounts are in the currency of the reader's company, at today's rates.
        """
        leads = self.env["crm.lead"].with_context(active_test=False)
        rows = leads._read_group(domain, groupby, ["__count", *map(self._spec, measures)])
        place = len(groupby) + bool(measures)
        return sorted(rows, key=lambda row: -(row[place] or 0))

    @api.model
    def _spec(self, name):
        field = self.env["crm.lead"]._fields[name]
        return f"{name}:sum_currency" if field.type == "monetary" else f"{name}:{field.aggregator}"

    # -- parts of a page -----------------------------------------------------------------------

    @api.model
    def _page_tile(self, label, value, hint, domain):
        return {"label": label, "value": value, "hint": hint, "open": self._opens(label, domain & self._any_active())}

    @api.model
    def _any_active(self):
        return Domain("active", "in", [True, False])

    @api.model
    def _page_table(self, title, columns, rows, empty):
        return {"title": title, "columns": columns, "rows": rows, "empty": empty}
