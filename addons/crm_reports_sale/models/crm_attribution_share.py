from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from odoo.addons.crm_core.models.crm_lead_following_mixin import OVERLAP

INVOICED = "crm_reports_sale.attribution_invoiced"
WRITTEN = "crm_reports_sale.attribution_written"  # invoices written up to this moment were looked at


class CrmAttributionShare(models.Model):
    """Where the setting is on, what is shared out is the money invoiced on the orders of a deal."""

    _inherit = "crm.attribution.share"

    @api.model
    def _is_invoiced(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(INVOICED))

    @api.model
    def _attribution_amounts(self, leads):
        """Untaxed, in the company's currency, credit notes taken off. Not invoiced yet is nothing yet."""
        if not self._is_invoiced():
            return super()._attribution_amounts(leads)
        self.env["account.move.line"].flush_model(["balance", "parent_state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sale.opportunity_id, (-sum(line.balance))::text
                  FROM sale_order sale
                  JOIN sale_order_line ordered ON ordered.order_id = sale.id
                  JOIN sale_order_line_invoice_rel link ON link.order_line_id = ordered.id
                  JOIN account_move_line line ON line.id = link.invoice_line_id
                 WHERE sale.opportunity_id = ANY(%s) AND line.parent_state = 'posted'
                 GROUP BY sale.opportunity_id
                """,
                list(leads._ids),
            )
        )
        return dict.fromkeys(leads._ids, Decimal(0)) | {lead_id: Decimal(text) for lead_id, text in rows}

    @api.model
    def _follow_walks(self):
        walks = super()._follow_walks()
        return [*walks, self._walk_invoiced] if self._is_invoiced() else walks

    @api.model
    def _walk_invoiced(self):
        """Won leads with invoices that were written since the job last looked."""
        parameters, reached = self.env["ir.config_parameter"].sudo(), fields.Datetime.now()
        since = fields.Datetime.to_datetime(parameters.get_param(WRITTEN)) or reached
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT sale.opportunity_id
                  FROM account_move move
                  JOIN account_move_line line ON line.move_id = move.id
                  JOIN sale_order_line_invoice_rel link ON link.invoice_line_id = line.id
                  JOIN sale_order_line ordered ON ordered.id = link.order_line_id
                  JOIN sale_order sale ON sale.id = ordered.order_id
                 WHERE move.write_date > %s AND sale.opportunity_id IS NOT NULL
                """,
                fields.Datetime.subtract(since, minutes=OVERLAP),
            )
        )
        for batch in split_every(self._following_batch, self._won_or_shared({row[0] for row in rows}), list):
            self._try_batch(batch)
        parameters.set_param(WRITTEN, fields.Datetime.to_string(reached))
        return self._go_on(len(rows), 0)
