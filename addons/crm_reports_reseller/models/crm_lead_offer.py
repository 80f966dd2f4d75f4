from odoo import api, fields, models
from odoo.tools import SQL

MEASURES = ("answer_hours", "accepted_rate")
ACCEPTED_RATE = {"accepted": 100.0, "declined": 0.0, "expired": 0.0}


class CrmLeadOffer(models.Model):
    """Measures of offers for pivots and graphs, worked out by the database when asked for."""

    _inherit = "crm.lead.offer"

    partner_company_id = fields.Many2one(string="Partner Company", related="partner_id.commercial_partner_id")
    answer_hours = fields.Float(
        "Hours until Answered",
        compute="_compute_measures",
        aggregator="avg",
        digits=(8, 1),
        help="From the mail to the answer. Offers without an answer don't count here.",
    )
    accepted_rate = fields.Float(
        "Accepted (%)",
        compute="_compute_measures",
        aggregator="avg",
        digits=(5, 1),
        help="Of the offers that were accepted, declined or not answered in time.",
    )

    @api.depends("state", "sent_at", "answered_at")
    def _compute_measures(self):
        for offer in self:
            answered = offer.sent_at and offer.answered_at
            offer.answer_hours = (offer.answered_at - offer.sent_at).total_seconds() / 3600 if answered else False
            offer.accepted_rate = ACCEPTED_RATE.get(offer.state, False)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in MEASURES:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")

        def column(name):
            return SQL.identifier(alias, name, to_flush=self._fields[name])

        if field_expr == "answer_hours":
            return SQL("EXTRACT(EPOCH FROM %s - %s) / 3600.0", column("answered_at"), column("sent_at"))
        cases = SQL(" ").join(SQL("WHEN %s THEN %s", state, rate) for state, rate in ACCEPTED_RATE.items())
        return SQL("CASE %s %s END", column("state"), cases)
