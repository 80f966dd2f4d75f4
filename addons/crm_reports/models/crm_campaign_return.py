from odoo import api, fields, models
from odoo.tools import SQL

from ..attribution.methods import METHODS
from .crm_campaign_cost import LONGEST

KINDS = 3  # an id says which kind of row it is by what is left over


class CrmCampaignReturn(models.Model):
    """What campaigns cost and what they brought, day by day.

    Rows of three kinds: a day of a cost, a lead that arrived, a share of a won deal. Leads and shares
    are those that the reader may see.
    """

    _name = "crm.campaign.return"
    _description = "Campaign: Cost and Return"
    _auto = False
    _order = "date desc, id"
    _rec_name = "campaign_id"
    _depends = {
        "crm.attribution.share": ["lead_id", "campaign_id", "won_at", "company_id", "currency_id"]
        + [f"amount_{method}" for method in METHODS],
        "crm.campaign.cost": ["campaign_id", "date_from", "date_to", "amount", "company_id"],
        "crm.lead": ["campaign_id", "create_date", "company_id"],
        "res.company": ["currency_id"],
        "res.currency": ["decimal_places"],
    }

    date = fields.Date(readonly=True)
    campaign_id = fields.Many2one("utm.campaign", "Campaign", readonly=True)
    company_id = fields.Many2one("res.company", "Company", readonly=True)
    currency_id = fields.Many2one("res.currency", "Currency", readonly=True)
    lead_id = fields.Many2one("crm.lead", "Lead", readonly=True, aggregator=None)
    cost = fields.Monetary(readonly=True)
    leads = fields.Integer(readonly=True)
    won_deals = fields.Integer("Won Deals", readonly=True)
    amount_first = fields.Monetary("Won: First Touch", readonly=True)
    amount_last = fields.Monetary("Won: Last Touch", readonly=True)
    amount_last_known = fields.Monetary("Won: Last Non-Direct", readonly=True)
    amount_linear = fields.Monetary("Won: Linear", readonly=True)
    amount_u = fields.Monetary("Won: U (40/20/40)", readonly=True)
    amount_w = fields.Monetary("Won: W (30/30/30/10)", readonly=True)
    amount_decay = fields.Monetary("Won: Time Decay", readonly=True)
    return_first = fields.Float("Return: First Touch", readonly=True)
    return_last = fields.Float("Return: Last Touch", readonly=True)
    return_last_known = fields.Float("Return: Last Non-Direct", readonly=True)
    return_linear = fields.Float("Return: Linear", readonly=True)
    return_u = fields.Float("Return: U (40/20/40)", readonly=True)
    return_w = fields.Float("Return: W (30/30/30/10)", readonly=True)
    return_decay = fields.Float("Return: Time Decay", readonly=True)

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join((self._cost_rows(), self._lead_rows(), self._share_rows()))

    def action_open_lead(self):
        self.ensure_one()
        return self.lead_id.get_formview_action() if self.lead_id else False

    @api.model
    def _columns(self, **known):
        """The table's columns in one order, empty where a kind of row does not know them."""
        types = dict.fromkeys(("cost", *(f"amount_{method}" for method in METHODS)), "numeric")
        types |= {f"return_{method}": "float8" for method in METHODS} | {"leads": "int", "won_deals": "int"}
        types |= dict.fromkeys(("campaign_id", "company_id", "currency_id", "lead_id"), "int")
        types |= {"id": "bigint", "date": "date"}
        return SQL(", ").join(
            SQL("(%s)::%s AS %s", known.get(name, SQL("NULL")), SQL(types[name]), SQL.identifier(name))
            for name in sorted(types)
        )

    @api.model
    def _day(self, moment):
        tz = self.env.context.get("tz") or self.env.user.tz or "UTC"
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, tz)

    @api.model
    def _cost_rows(self):
        """A cost on each of its days, in whole cents: whatever days are taken together, all of them sum to the cost."""
        columns = self._columns(
            id=SQL("(cost.id::bigint * %s + day) * %s", LONGEST, KINDS),
            date=SQL("cost.date_from + day"),
            campaign_id=SQL("cost.campaign_id"),
            company_id=SQL("cost.company_id"),
            currency_id=SQL("company.currency_id"),
            cost=SQL(
                "round(cost.amount * (day + 1) / days, currency.decimal_places)"
                " - round(cost.amount * day / days, currency.decimal_places)"
            ),
        )
        return SQL(
            """
            SELECT %s
              FROM (SELECT *, date_to - date_from + 1 AS days FROM crm_campaign_cost WHERE id IN %s) cost
              JOIN res_company company ON company.id = cost.company_id
              JOIN res_currency currency ON currency.id = company.currency_id
        CROSS JOIN LATERAL generate_series(0, cost.days - 1) AS day
            """,
            columns,
            self.env["crm.campaign.cost"]._search([]).subselect(),
        )

    @api.model
    def _lead_rows(self):
        leads = self.env["crm.lead"].with_context(active_test=False)._search([("campaign_id", "!=", False)])
        columns = self._columns(
            id=SQL("crm_lead.id::bigint * %s + 1", KINDS),
            date=self._day(SQL("crm_lead.create_date")),
            campaign_id=SQL("crm_lead.campaign_id"),
            company_id=SQL("crm_lead.company_id"),
            currency_id=SQL(
                "(SELECT currency_id FROM res_company WHERE id = COALESCE(crm_lead.company_id, %s))",
                self.env["crm.attribution.share"]._main_company().id,
            ),
            lead_id=SQL("crm_lead.id"),
            leads=SQL("1"),
        )
        return leads.select(columns)

    @api.model
    def _share_rows(self):
        shares = self.env["crm.attribution.share"]._search([("campaign_id", "!=", False)])
        own = ("campaign_id", "company_id", "currency_id", "lead_id", *(f"amount_{method}" for method in METHODS))
        columns = self._columns(
            id=SQL("crm_attribution_share.id::bigint * %s + 2", KINDS),
            date=self._day(SQL("crm_attribution_share.won_at")),
            won_deals=SQL("1"),
            **{name: SQL.identifier("crm_attribution_share", name) for name in own},
        )
        return shares.select(columns)

    def _read_group_select(self, aggregate_spec, query):
        """A deal counts once however many of its touches a campaign has; a return is that of the sums."""
        name, _colon, aggregator = aggregate_spec.partition(":")
        if aggregate_spec == "won_deals:sum":
            return SQL(
                "COUNT(DISTINCT %s) FILTER (WHERE %s IS NOT NULL)",
                self._field_to_sql(query.table, "lead_id", query),
                self._field_to_sql(query.table, "won_deals", query),
            )
        if name.startswith("return_") and aggregator == "sum":
            money = super()._read_group_select(f"amount_{name.removeprefix('return_')}:sum_currency", query)
            cost = super()._read_group_select("cost:sum_currency", query)
            return SQL("%s / NULLIF(%s, 0)", money, cost)
        return super()._read_group_select(aggregate_spec, query)
