from odoo import api, fields, models
from odoo.tools import SQL

from ..attribution.methods import CONVERTED, CREATED, FIRST, LAST, LAST_KNOWN
from ..attribution.touch import ARRIVAL, UNKNOWN

ON = "crm_reports.attribution"
HALF_LIFE = "crm_reports.attribution_half_life"


class CrmAttributionShare(models.Model):
    """One row for each touch of a won lead: what of the deal it gets, by seven methods.

    Written by SQL only, by the job that follows the log (see `_cron_follow`). The amounts of a lead's
    rows sum to the money won, exactly, by every method.
    """

    _name = "crm.attribution.share"
    _inherit = ["crm.lead.reading.mixin"]
    _description = "Share of a Won Deal"
    _log_access = False
    _order = "touch_moment, id"
    _rec_name = "kind"

    touch_moment = fields.Datetime("Touched", readonly=True)
    kind = fields.Selection(selection="_selection_kind", string="Channel", readonly=True)
    source_id = fields.Many2one("utm.source", "Source", readonly=True, index="btree_not_null", ondelete="set null")
    medium_id = fields.Many2one("utm.medium", "Medium", readonly=True, index="btree_not_null", ondelete="set null")
    campaign_id = fields.Many2one(
        "utm.campaign", "Campaign", readonly=True, index="btree_not_null", ondelete="set null"
    )
    amount_first = fields.Monetary("First Touch", readonly=True, help="The first touch gets all.")
    amount_last = fields.Monetary("Last Touch", readonly=True, help="The last touch before the deal was won gets all.")
    amount_last_known = fields.Monetary(
        "Last Non-Direct", readonly=True, help="The last touch that has a source or a campaign gets all."
    )
    amount_linear = fields.Monetary("Linear", readonly=True, help="Each touch gets the same.")
    amount_u = fields.Monetary(
        "U (40/20/40)",
        readonly=True,
        help="40 % for the first touch, 40 % for the last one, 20 % for those in between.",
    )
    amount_w = fields.Monetary(
        "W (30/30/30/10)",
        readonly=True,
        help="30 % each for the first touch, the one that made the lead and the one at which it became an opportunity,"
        " 10 % for the others.",
    )
    amount_decay = fields.Monetary(
        "Time Decay", readonly=True, help="The longer before the last touch, the less: half after a week, by default."
    )
    roles = fields.Char(readonly=True)
    why = fields.Text("Why", compute="_compute_why")
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True, index=True, ondelete="set null")
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True, index=True, ondelete="set null")
    company_id = fields.Many2one("res.company", "Company", readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", "Currency", readonly=True, index=True, ondelete="restrict")
    won_at = fields.Datetime("Won", readonly=True, index=True)

    @api.model
    def _selection_kind(self):
        told = self.env["crm.lead.event"]._selection_kind()
        return [(ARRIVAL, self.env._("Arrival")), (UNKNOWN, self.env._("Unknown")), *told]

    @api.depends("roles")
    def _compute_why(self):
        words = self._role_words()
        for share in self:
            names = share.roles.split(",") if share.roles else []
            share.why = " · ".join(words[name] for name in names) or self.env._("in between")

    @api.model
    def _role_words(self):
        return {
            FIRST: self.env._("first"),
            CREATED: self.env._("made the lead"),
            CONVERTED: self.env._("made it an opportunity"),
            LAST_KNOWN: self.env._("last non-direct"),
            LAST: self.env._("last"),
        }

    def action_open_lead(self):
        self.ensure_one()
        return self.lead_id.get_formview_action()

    @api.model
    def _is_lead_company_kept(self):
        return self._attribution_is_on()

    @api.model
    def _attribution_is_on(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(ON))

    def _read_group_select(self, aggregate_spec, query):
        """Pivots ask of each amount which currencies it is in and what it is in one's own; where all companies
        have one currency nothing has to be looked up for that."""
        if aggregate_spec.endswith(":sum_currency") or aggregate_spec == "currency_id:array_agg_distinct":
            currency = self.env["res.company"].sudo().search([]).currency_id
            if len(currency) == 1 and aggregate_spec.endswith(":sum_currency"):
                aggregate_spec = aggregate_spec.removesuffix("_currency")
            elif len(currency) == 1:
                return SQL("CASE WHEN COUNT(*) > 0 THEN ARRAY[%s] END", currency.id)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _main_company(self):
        """Whose currency counts for leads of no company."""
        return self.env["res.company"].sudo().search([], order="id", limit=1)

    @api.model
    def _lead_companies_moved(self, leads):
        """The money is then in the currency of the other company."""
        self._match_leads(SQL("lead.id = ANY(%s)", leads.ids))

    @api.model
    def _match_leads(self, where):
        """Company and currency of rows as their leads have them.

        :param SQL where: which ones; the table of leads is called `lead`
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_attribution_share told SET company_id = lead.company_id, currency_id = company.currency_id
                  FROM crm_lead lead JOIN res_company company ON company.id = COALESCE(lead.company_id, %(main)s)
                 WHERE told.lead_id = lead.id AND %(where)s
                   AND (told.company_id, told.currency_id) IS DISTINCT FROM (lead.company_id, company.currency_id)
                """,
                main=self._main_company().id,
                where=where,
            )
        )
        self.invalidate_model(["company_id", "currency_id"], flush=False)
