from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fit.parts import DOUBT, UNKNOWN
from .crm_lead_fit import ANSWER_DAYS
from .crm_lead_offer import OPEN
from .crm_lead_progress import STUCK


class CrmResellerBoard(models.Model):
    """How each partner stands now, a row a partner company: counted when it is read, of what the reader may read.

    Each figure opens the very leads or offers that were counted.
    """

    _name = "crm.reseller.board"
    _description = "Board of Partners"
    _auto = False
    _rec_name = "partner_id"
    _order = "stuck_count desc, open_count desc, id"
    _depends = {
        "crm.lead": [
            *("partner_assigned_id", "active", "won_status", "expected_revenue", "company_id", "date_closed"),
            *("date_last_stage_update", "attention_state"),
        ],
        "crm.lead.offer": ["partner_id", "state", "sent_at", "answered_at", "valid_until"],
        "res.partner": [
            *("commercial_partner_id", "active", "partner_weight", "grade_id", "country_id", "user_id", "company_id"),
            "reseller_capacity",
        ],
    }

    partner_id = fields.Many2one("res.partner", "Partner", readonly=True)
    grade_id = fields.Many2one("res.partner.grade", "Partner Level", readonly=True)
    country_id = fields.Many2one("res.country", "Country", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    company_id = fields.Many2one("res.company", "Company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    open_count = fields.Integer("Open Leads", readonly=True)
    offer_count = fields.Integer("Open Offers", readonly=True)
    capacity = fields.Integer("Open Leads at Most", readonly=True, help="0: any number.")
    is_full = fields.Boolean("No Room", readonly=True, help="Open leads and offers have reached what he takes.")
    stuck_count = fields.Integer(
        "Need Attention", readonly=True, help="Open leads whose attention state is anything but on track or asleep."
    )
    open_amount = fields.Monetary("Pipeline", readonly=True, help="Expected revenue of open leads.")
    won_amount = fields.Monetary("Won This Year", readonly=True)
    won_count = fields.Integer("Won", readonly=True)
    lost_count = fields.Integer("Lost", readonly=True)
    won_rate = fields.Float(
        "Won Rate (%)",
        readonly=True,
        aggregator=None,
        digits=(5, 1),
        help="Of his closed leads; the fewer there are, the more it is drawn towards the rate of all partners.",
    )
    usual_rate = fields.Float(readonly=True, aggregator=None)
    won_rate_words = fields.Char("Won Rate", compute="_compute_won_rate_words")
    answer_hours = fields.Float(
        "Hours to Answer",
        readonly=True,
        aggregator="avg",
        digits=(8, 1),
        help="Half of the offers of the last 180 days were answered faster. Not answered: the whole time counts.",
    )
    last_progress = fields.Datetime(
        readonly=True, help="When a lead of his last came into another stage or was closed, or he answered an offer."
    )

    @api.depends("won_rate", "won_count", "lost_count")
    def _compute_won_rate_words(self):
        for row in self:
            closed = row.won_count + row.lost_count
            values = {"rate": round(row.won_rate), "closed": closed, "usual": round(row.usual_rate)}
            if not closed:
                row.won_rate_words = self.env._("nothing closed yet")
            elif closed < DOUBT:
                row.won_rate_words = self.env._("%(rate)s %% (only %(closed)s closed; usual %(usual)s %%)", **values)
            else:
                row.won_rate_words = self.env._("%(rate)s %% of %(closed)s", **values)

    def action_open_partner(self):
        return self.partner_id.get_formview_action()

    def action_open_leads(self):
        return self._leads(self.env._("Open leads of %(partner)s", partner=self.partner_id.name), self._open_domain())

    def action_open_stuck(self):
        domain = self._open_domain() & Domain("attention_state", "in", STUCK)
        return self._leads(self.env._("Need attention: %(partner)s", partner=self.partner_id.name), domain)

    def action_open_won(self):
        domain = self._own() & Domain("won_status", "=", "won") & Domain("date_closed", ">=", self._year_begin())
        return self._leads(self.env._("Won this year by %(partner)s", partner=self.partner_id.name), domain)

    def action_open_closed(self):
        domain = self._own() & Domain("won_status", "in", ["won", "lost"])
        return self._leads(self.env._("Closed leads of %(partner)s", partner=self.partner_id.name), domain)

    def action_open_offers(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open offers to %(partner)s", partner=self.partner_id.name),
            "res_model": "crm.lead.offer",
            "views": [(False, "list"), (False, "form")],
            "domain": list(
                Domain("partner_id.commercial_partner_id", "=", self.partner_id.id) & Domain("state", "in", OPEN)
            ),
        }

    def _own(self):
        return Domain("partner_assigned_id.commercial_partner_id", "=", self.partner_id.id)

    def _open_domain(self):
        return self._own() & Domain("active", "=", True) & Domain("won_status", "=", "pending")

    def _leads(self, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "crm.lead",
            "views": [(self.env.ref("crm.crm_case_tree_view_oppor").id, "list"), (False, "kanban"), (False, "form")],
            "domain": list(domain),
            "context": {"active_test": False, "create": False},
        }

    @api.model
    def _year_begin(self):
        """Naive UTC: the first moment of this year where the reader is."""
        local = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        begin = local.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return fields.Datetime.to_datetime(begin) - (local.replace(tzinfo=None) - fields.Datetime.now())

    @property
    def _table_query(self):
        company = self.env.company
        partners = self.env["res.partner"].with_context(active_test=False)._search([])
        return SQL(
            """
            WITH leads AS (%(leads)s), offers AS (%(offers)s), usual AS (
                SELECT 100.0 * COALESCE(sum(won)::float / NULLIF(sum(won + lost), 0), %(unknown)s) AS rate FROM leads
            ), resellers AS (
                SELECT commercial_partner_id AS id FROM res_partner WHERE active AND partner_weight > 0
                 UNION
                SELECT partner_id FROM leads WHERE open > 0
            )
            SELECT partner.id, partner.id AS partner_id, partner.grade_id, partner.country_id, partner.user_id,
                   partner.company_id, %(currency)s AS currency_id,
                   COALESCE(leads.open, 0) AS open_count, COALESCE(offers.open, 0) AS offer_count,
                   COALESCE(partner.reseller_capacity, 0) AS capacity,
                   COALESCE(partner.reseller_capacity, 0) > 0
                       AND COALESCE(leads.open, 0) + COALESCE(offers.open, 0) >= partner.reseller_capacity AS is_full,
                   COALESCE(leads.stuck, 0) AS stuck_count,
                   COALESCE(leads.open_amount, 0) AS open_amount, COALESCE(leads.won_amount, 0) AS won_amount,
                   COALESCE(leads.won, 0) AS won_count, COALESCE(leads.lost, 0) AS lost_count,
                   (100.0 * COALESCE(leads.won, 0) + %(doubt)s * usual.rate)
                       / (COALESCE(leads.won, 0) + COALESCE(leads.lost, 0) + %(doubt)s) AS won_rate,
                   usual.rate AS usual_rate,
                   offers.hours AS answer_hours, GREATEST(leads.moved, offers.answered) AS last_progress
              FROM resellers
              JOIN res_partner AS partner ON partner.id = resellers.id
        CROSS JOIN usual
         LEFT JOIN leads ON leads.partner_id = partner.id
         LEFT JOIN offers ON offers.partner_id = partner.id
             WHERE partner.id IN %(partners)s
            """,
            leads=self._lead_figures(),
            offers=self._offer_figures(),
            unknown=UNKNOWN,
            doubt=DOUBT,
            currency=company.currency_id.id,
            partners=partners.subselect(),
        )

    @api.model
    def _lead_figures(self):
        leads = self.env["crm.lead"].with_context(active_test=False)._search([("partner_assigned_id", "!=", False)])
        return SQL(
            """
            SELECT holder.commercial_partner_id AS partner_id,
                   count(*) FILTER (WHERE lead.active AND lead.won_status = 'pending') AS open,
                   count(*) FILTER (WHERE lead.won_status = 'won') AS won,
                   count(*) FILTER (WHERE lead.won_status = 'lost') AS lost,
                   count(*) FILTER (
                       WHERE lead.active AND lead.won_status = 'pending' AND lead.attention_state = ANY(%(stuck)s)
                   ) AS stuck,
                   sum(lead.expected_revenue * COALESCE(rate.value, 1))
                       FILTER (WHERE lead.active AND lead.won_status = 'pending') AS open_amount,
                   sum(lead.expected_revenue * COALESCE(rate.value, 1))
                       FILTER (WHERE lead.won_status = 'won' AND lead.date_closed >= %(year)s) AS won_amount,
                   max(GREATEST(lead.date_last_stage_update, lead.date_closed)) AS moved
              FROM crm_lead AS lead
              JOIN res_partner AS holder ON holder.id = lead.partner_assigned_id
         LEFT JOIN (VALUES %(rates)s) AS rate(company_id, value) ON rate.company_id = lead.company_id
             WHERE lead.id IN %(leads)s
             GROUP BY 1
            """,
            stuck=list(STUCK),
            year=self._year_begin(),
            rates=SQL(", ").join(SQL("(%s, %s::numeric)", *pair) for pair in self._rates()),
            leads=leads.subselect(),
        )

    @api.model
    def _rates(self):
        """(company, what its money is worth in the money of the reader's company today); leads of none are of his."""
        company, today = self.env.company, fields.Date.context_today(self)
        rate = self.env["res.currency"]._get_conversion_rate
        return [
            (one.id, rate(one.currency_id, company.currency_id, company, today)) for one in self.env.companies | company
        ]

    @api.model
    def _offer_figures(self):
        return SQL(
            """
            SELECT holder.commercial_partner_id AS partner_id,
                   count(*) FILTER (WHERE offer.state = ANY(%(open)s)) AS open,
                   percentile_cont(0.5) WITHIN GROUP (
                       ORDER BY EXTRACT(EPOCH FROM COALESCE(offer.answered_at, offer.valid_until) - offer.sent_at)
                           / 3600
                   ) FILTER (
                       WHERE offer.state IN ('accepted', 'declined', 'expired') AND offer.sent_at > %(since)s
                   ) AS hours,
                   max(offer.answered_at) AS answered
              FROM crm_lead_offer AS offer
              JOIN res_partner AS holder ON holder.id = offer.partner_id
             WHERE offer.id IN %(offers)s
             GROUP BY 1
            """,
            open=list(OPEN),
            since=fields.Datetime.now() - timedelta(days=ANSWER_DAYS),
            offers=self.env["crm.lead.offer"]._search([]).subselect(),
        )
