from itertools import pairwise

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# upper bounds of bands: what is at or above the last one is in the last band
PROBABILITY_BANDS = (20, 40, 60, 80)
AGE_BANDS = (7, 30, 90, 180)
AMOUNT_BANDS = (1_000, 10_000, 50_000, 200_000)
# worked out when asked for, and nobody else's business than that of those who work here
MEASURE = {"compute": "_compute_measures", "groups": "base.group_user"}
FACTS = (
    "contacts_in",
    "contacts_out",
    "activities_done",
    "meetings_held",
    "date_moves",
    "first_answer_hours",
)


def _bands(bounds, unit=""):
    """Selection of bands: the key is the number of the band, so that they sort."""
    spoken = [f"{bound:,}".replace(",", "\u202f") for bound in bounds]
    labels = [f"< {spoken[0]}"]
    labels += [f"{low}–{high}" for low, high in pairwise(spoken)]
    labels.append(f"≥ {spoken[-1]}")
    return [(str(number), f"{label}\u00a0{unit}" if unit else label) for number, label in enumerate(labels)]


class CrmLead(models.Model):
    """Measures of leads for every pivot, graph and dashboard: worked out by the database when asked for.

    They are fields of the lead itself, so that a click always opens the leads behind a number, and
    record rules hold. Nothing of them is stored on the lead.
    """

    _inherit = "crm.lead"

    won_count = fields.Integer("Won", aggregator="sum", **MEASURE)
    lost_count = fields.Integer("Lost", aggregator="sum", **MEASURE)
    open_count = fields.Integer("Open", aggregator="sum", **MEASURE)
    won_rate = fields.Float(
        "Won Rate (%)",
        aggregator="avg",
        help="Of the closed ones, how many were won. Shows something only where lost ones are taken in.",
        **MEASURE,
    )
    won_amount = fields.Monetary("Won Revenue", aggregator="sum", currency_field="company_currency", **MEASURE)
    lost_amount = fields.Monetary("Lost Revenue", aggregator="sum", currency_field="company_currency", **MEASURE)
    open_amount = fields.Monetary("Open Revenue", aggregator="sum", currency_field="company_currency", **MEASURE)
    open_prorated = fields.Monetary(
        "Open Prorated Revenue", aggregator="sum", currency_field="company_currency", **MEASURE
    )
    deal_size = fields.Monetary(
        "Average Deal",
        aggregator="avg",
        currency_field="company_currency",
        help="Expected revenue of won ones.",
        **MEASURE,
    )
    cycle_days = fields.Float("Sales Cycle (Days)", aggregator="avg", help="From creation to won.", **MEASURE)
    age_days = fields.Float("Age (Days)", aggregator="avg", help="Of open ones.", **MEASURE)
    overdue_days = fields.Float(
        "Days past Closing", aggregator="avg", help="Of open ones whose expected closing is past.", **MEASURE
    )
    contacts_in = fields.Integer("Contacts by the Customer", aggregator="sum", **MEASURE)
    contacts_out = fields.Integer("Contacts by Us", aggregator="sum", **MEASURE)
    activities_done = fields.Integer(aggregator="sum", **MEASURE)
    meetings_held = fields.Integer(aggregator="sum", **MEASURE)
    date_moves = fields.Integer("Closing Put Off", aggregator="sum", **MEASURE)
    first_answer_hours = fields.Float(
        "First Answer (Hours)",
        aggregator="avg",
        help="From the customer's first contact to our first one after it.",
        **MEASURE,
    )
    probability_band = fields.Selection(_bands(PROBABILITY_BANDS, "%"), search="_search_probability_band", **MEASURE)
    age_band = fields.Selection(_bands(AGE_BANDS, "d"), string="Age Band (Days)", search="_search_age_band", **MEASURE)
    amount_band = fields.Selection(_bands(AMOUNT_BANDS), string="Revenue Band", search="_search_amount_band", **MEASURE)

    def _compute_measures(self):
        """By the same expressions that reports use, so that a record says what its group counts."""
        names = list(self._measure_expressions())
        for name in names:
            self[name] = False
        stored = self.filtered("id")
        if not stored:
            return
        query = stored._as_query(ordered=False)
        columns = [self._field_to_sql(self._table, name, query) for name in names]
        rows = self.env.execute_query(query.select(SQL.identifier(self._table, "id"), *columns))
        for lead_id, *values in rows:
            self.browse(lead_id).update(dict(zip(names, values, strict=True)))

    @api.model
    def _measure_expressions(self):
        """Name of a measure -> function of (alias, query) that says it in SQL."""
        expressions = {
            "won_count": self._measure_of("won", lambda column: SQL("1")),
            "lost_count": self._measure_of("lost", lambda column: SQL("1")),
            "open_count": self._measure_of("pending", lambda column: SQL("1")),
            "won_rate": lambda alias, query: SQL(
                "CASE %s WHEN 'won' THEN 100.0 WHEN 'lost' THEN 0.0 END", self._column(alias, "won_status")
            ),
            "won_amount": self._measure_of("won", lambda column: column("expected_revenue")),
            "lost_amount": self._measure_of("lost", lambda column: column("expected_revenue")),
            "open_amount": self._measure_of("pending", lambda column: column("expected_revenue")),
            "open_prorated": self._measure_of("pending", lambda column: column("prorated_revenue")),
            "deal_size": self._measure_of("won", lambda column: column("expected_revenue")),
            "cycle_days": self._measure_of(
                "won", lambda column: self._days(column("create_date"), column("date_closed"))
            ),
            "age_days": self._measure_of("pending", lambda column: self._days(column("create_date"), self._now())),
            "overdue_days": self._measure_of(
                "pending", lambda column: SQL("NULLIF(GREATEST(%s - %s, 0), 0)", self._today(), column("date_deadline"))
            ),
            "probability_band": self._measure_of(
                "pending", lambda column: self._band(column("probability"), PROBABILITY_BANDS)
            ),
            "age_band": self._measure_of(
                "pending", lambda column: self._band(self._days(column("create_date"), self._now()), AGE_BANDS)
            ),
            "amount_band": lambda alias, query: self._band(self._column(alias, "expected_revenue"), AMOUNT_BANDS),
        }
        return {**expressions, **{name: self._fact(name) for name in FACTS}}

    def _field_to_sql(self, alias, field_expr, query=None):
        field = self._fields.get(field_expr)
        if field is None or field.compute != MEASURE["compute"]:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(field, "read")
        return self._measure_expressions()[field_expr](alias, query)

    # -- how they are said in SQL --------------------------------------------------------------

    @api.model
    def _column(self, alias, name):
        return SQL.identifier(alias, name, to_flush=self._fields[name])

    @api.model
    def _measure_of(self, status, value):
        """The value of leads that are won, lost or open; nothing of the others."""

        def expression(alias, query):
            def column(name):
                return self._column(alias, name)

            # what was archived without being lost is neither open nor closed
            is_open = SQL(" AND %s", column("active")) if status == "pending" else SQL()
            return SQL("CASE WHEN %s = %s%s THEN %s END", column("won_status"), status, is_open, value(column))

        return expression

    @api.model
    def _fact(self, name):
        """A column of `crm.lead.facts`, 0 or nothing where nothing was counted."""

        def expression(alias, query):
            facts = query.make_alias(alias, "facts")
            condition = SQL("%s = %s", SQL.identifier(facts, "lead_id"), SQL.identifier(alias, "id"))
            query.add_join("LEFT JOIN", facts, "crm_lead_facts", condition)
            return SQL.identifier(facts, name)

        return expression

    @api.model
    def _days(self, since, until):
        return SQL("EXTRACT(EPOCH FROM %s - %s) / 86400.0", until, since)

    @api.model
    def _band(self, value, bounds):
        # as text: pivots compare groups by hash, which a list has none of
        return SQL("width_bucket(%s::float8, %s::float8[])::varchar", value, f"{{{','.join(map(str, bounds))}}}")

    @api.model
    def _now(self):
        return SQL("%s::timestamp", fields.Datetime.now())

    @api.model
    def _today(self):
        return SQL("%s::date", fields.Date.context_today(self))

    # -- bands as filters: a click on a bar asks for its leads ---------------------------------

    def _search_probability_band(self, operator, value):
        return self._search_band("probability_band", operator, value)

    def _search_age_band(self, operator, value):
        return self._search_band("age_band", operator, value)

    def _search_amount_band(self, operator, value):
        return self._search_band("amount_band", operator, value)

    @api.model
    def _search_band(self, name, operator, value):
        if operator != "in":
            return NotImplemented
        bands = [band for band in value if band]
        with_none = len(bands) < len(list(value))

        def to_sql(model, alias, query):
            band = model._field_to_sql(alias, name, query)
            found = SQL("%s = ANY(%s)", band, bands)
            return SQL("(%s OR %s IS NULL)", found, band) if with_none else found

        return Domain.custom(to_sql=to_sql)
