from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..attribution.methods import HALF_LIFE as USUAL
from ..attribution.methods import METHODS, roles
from ..attribution.split import from_units, share_out, to_units
from ..attribution.touch import SAME_ACT, Deal, Touch, Utm
from .crm_attribution_share import HALF_LIFE

# the customer does these himself too, but they belong to the selling: they brought nobody
NO_TOUCHES = frozenset(("unsubscribed", "quotation_viewed", "order_confirmed"))
# a mail counts where it made the lead; later ones are the conversation with the salesperson
FIRST_ONLY = ("message_in",)
ROW = {
    "lead_id": "int",
    "touch_moment": "float8",
    "kind": "varchar",
    "source_id": "int",
    "medium_id": "int",
    "campaign_id": "int",
    "roles": "varchar",
    **{f"amount_{method}": "numeric" for method in METHODS},
}


class CrmAttributionShare(models.Model):
    """From the log and the won leads to their rows, many leads at a time."""

    _inherit = "crm.attribution.share"

    @api.model
    def _share_out(self, lead_ids):
        """Write the rows of these leads anew; those that are not won have none.

        Reads and writes by SQL, a fixed number of queries however many leads.
        """
        ids = list(lead_ids)
        self.env.flush_all()
        self.env.cr.execute(SQL("DELETE FROM crm_attribution_share WHERE lead_id = ANY(%s)", ids))
        won, touches = self._attribution_won(ids), defaultdict(list)
        amounts = self._attribution_amounts(self.env["crm.lead"].browse(won))
        for lead_id, touch in self._attribution_touches(list(won)):
            touches[lead_id].append(touch)
        half_life = self._half_life()
        self._insert_rows(
            [
                row
                for lead_id, facts in won.items()
                for row in self._attribution_rows(facts, touches[lead_id], amounts.get(lead_id), half_life)
            ]
        )
        self.invalidate_model(flush=False)

    @api.model
    def _half_life(self):
        """Days after which a touch counts half as much."""
        try:
            days = float(self.env["ir.config_parameter"].sudo().get_param(HALF_LIFE) or 0)
        except ValueError:
            days = 0
        return days if days > 0 else USUAL

    @api.model
    def _attribution_amounts(self, leads):
        """The money that each deal has won: a hook for who counts it otherwise.

        :param leads: won crm.lead records
        :return: dict lead id -> amount in the currency of the lead's company (Decimal, float or
            None). Decimals are kept to the last digit.
        """
        rows = self.env.execute_query(
            SQL("SELECT id, expected_revenue::text FROM crm_lead WHERE id = ANY(%s)", list(leads._ids))
        )
        return {lead_id: Decimal(text) for lead_id, text in rows if text and text != "NaN"}

    @api.model
    def _attribution_won(self, ids):
        """lead id -> what is known of each won lead, moments in seconds since 1970 UTC."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT lead.id, lead.source_id, lead.medium_id, lead.campaign_id, currency.decimal_places AS digits,
                       date_part('epoch', date_trunc('second', COALESCE(lead.create_date, lead.date_closed, 'epoch')))
                       AS created,
                       date_part('epoch', lead.date_conversion) AS converted,
                       date_part('epoch', lead.date_closed) AS won
                  FROM crm_lead lead
                  JOIN res_company company ON company.id = COALESCE(lead.company_id, %s)
                  JOIN res_currency currency ON currency.id = company.currency_id
                 WHERE lead.id = ANY(%s) AND lead.won_status = 'won'
                """,
                self._main_company().id,
                ids,
            )
        )
        return {row["id"]: row for row in rows}

    @api.model
    def _attribution_kinds(self):
        """Kinds of events that may have brought the customer."""
        return [kind for kind in self.env["crm.lead.event"]._touch_kinds() if kind not in NO_TOUCHES]

    @api.model
    def _attribution_touches(self, ids):
        """(lead id, Touch) of these leads, in no certain order."""
        log = self.env["crm.lead.event"].sudo()
        log._flush()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT event.lead_id, event.id, event.kind, date_part('epoch', event.moment) AS moment,
                       event.model, event.res_id, event.data
                  FROM crm_lead_event event JOIN crm_lead lead ON lead.id = event.lead_id
                 WHERE event.lead_id = ANY(%s) AND event.kind = ANY(%s)
                   AND (event.kind <> ALL(%s) OR event.moment <= lead.create_date + %s * interval '1 second')
                """,
                ids,
                self._attribution_kinds(),
                list(FIRST_ONLY),
                SAME_ACT,
            )
        )
        came_from = log._attribution_touch_utm(rows)
        for row in rows:
            utm = Utm(*came_from.get(row["id"], ()))
            yield row["lead_id"], Touch(row["moment"], row["kind"], utm, row["id"])

    @api.model
    def _attribution_rows(self, facts, touches, amount, half_life):
        """The rows of one lead, as columns of ROW."""
        units, digits = to_units(amount, facts["digits"] or 0)
        arrival = Utm(facts["source_id"], facts["medium_id"], facts["campaign_id"])
        deal = Deal(units, tuple(touches), facts["created"], facts["converted"], facts["won"], arrival)
        counted, parts = share_out(deal, half_life)
        named = defaultdict(list)
        for role, place in roles(counted, deal.created, deal.converted).items():
            named[place].append(role)
        return [
            (
                facts["id"],
                touch.moment,
                touch.channel,
                touch.utm.source,
                touch.utm.medium,
                touch.utm.campaign,
                ",".join(named[place]) or None,
                *(from_units(parts[method][place], digits) for method in METHODS),
            )
            for place, touch in enumerate(counted)
        ]

    @api.model
    def _insert_rows(self, rows):
        """Add rows in one statement, with what their leads say of person, team, company and date."""
        if not rows:
            return
        columns = zip(ROW.values(), zip(*rows, strict=True), strict=True)
        arrays = SQL(", ").join(SQL("%s::%s[]", list(column), SQL(sql_type)) for sql_type, column in columns)
        names = SQL(", ").join(map(SQL.identifier, ROW))
        values = SQL(", ").join(
            SQL("to_timestamp(v.touch_moment) AT TIME ZONE 'UTC'")
            if name == "touch_moment"
            else SQL.identifier("v", name)
            for name in ROW
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_attribution_share (%(names)s, user_id, team_id, company_id, currency_id, won_at)
                SELECT %(values)s, lead.user_id, lead.team_id, lead.company_id, company.currency_id, lead.date_closed
                  FROM unnest(%(arrays)s) WITH ORDINALITY AS v(%(names)s, n)
                  JOIN crm_lead lead ON lead.id = v.lead_id
                  JOIN res_company company ON company.id = COALESCE(lead.company_id, %(main)s)
                 ORDER BY v.n
                """,
                names=names,
                values=values,
                arrays=arrays,
                main=self._main_company().id,
            )
        )
