from odoo import models
from odoo.tools import SQL

from ..models.mend import is_mended


class CrmPartnerReportAssign(models.Model):
    """Odoo's partnership report, with each opportunity counted once.

    Odoo repeats the number of a partner's opportunities on each of his invoice lines, and sums it. Here
    a partner has one row for his opportunities, and one for each invoice line.
    """

    _inherit = "crm.partner.report.assign"

    @property
    def _table_query(self):
        if not is_mended(self.env):
            return super()._table_query
        return SQL(
            """
            SELECT facts.id,
                   partner.id AS partner_id,
                   COALESCE(partner.country_id, child.country_id) AS country_id,
                   partner.grade_id, partner.activation, partner.date_review, partner.date_partnership,
                   partner.user_id,
                   facts.nbr_opportunities, facts.turnover, facts.date
              FROM res_partner AS partner
              JOIN (
                    SELECT 2 * own.id + 1 AS id, own.id AS partner_id,
                           COALESCE(assigned.number, 0) AS nbr_opportunities,
                           NULL::numeric AS turnover, NULL::date AS date
                      FROM res_partner AS own
                      LEFT JOIN (
                            SELECT partner_assigned_id, count(*)::int AS number
                              FROM crm_lead WHERE partner_assigned_id IS NOT NULL GROUP BY 1
                           ) AS assigned ON assigned.partner_assigned_id = own.id
                     UNION ALL
                    SELECT 2 * line.id, line.partner_id, 0, line.price_subtotal, line.invoice_date
                      FROM (%(invoices)s) AS line
                     WHERE line.move_type IN ('out_invoice', 'out_refund') AND line.state = 'posted'
                   ) AS facts ON facts.partner_id = partner.id
              LEFT JOIN (
                    SELECT DISTINCT ON (parent_id) parent_id, country_id
                      FROM res_partner
                     WHERE parent_id IS NOT NULL AND country_id IS NOT NULL ORDER BY parent_id, id
                   ) AS child ON child.parent_id = partner.id
            """,
            invoices=self.env["account.invoice.report"]._table_query,
        )
