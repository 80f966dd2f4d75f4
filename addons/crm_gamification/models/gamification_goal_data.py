from odoo import api, models

# Odoo's definition: what it ships, and what is right. Names with a dot are those of fields.
ON_LEADS = {
    "model_id": "crm.model_crm_lead",
    "condition": "lower",
    "batch_mode": True,
    "batch_distinctive_field": "crm.field_crm_lead__user_id",
    "batch_user_expression": "user.id",
}
SHIPPED = {
    "definition_crm_lead_delay_open": (
        {
            **ON_LEADS,
            "computation_mode": "sum",
            "field_id": "crm.field_crm_lead__day_close",
            "field_date_id": "crm.field_crm_lead__date_closed",
            "domain": "[('type', '=', 'lead')]",
        },
        {
            "computation_mode": "average",
            "field_id": "crm.field_crm_lead__day_open",
            "field_date_id": "crm.field_crm_lead__date_open",
        },
    ),
    "definition_crm_lead_delay_close": (
        {
            **ON_LEADS,
            "computation_mode": "sum",
            "field_id": "crm.field_crm_lead__day_open",
            "field_date_id": "crm.field_crm_lead__date_open",
            "domain": "[]",
        },
        {
            "computation_mode": "average",
            "field_id": "crm.field_crm_lead__day_close",
            "field_date_id": "crm.field_crm_lead__date_closed",
        },
    ),
    "definition_crm_tot_paid_sale_order": (
        {
            "computation_mode": "count",
            "condition": "higher",
            "monetary": True,
            "model_id": "account.model_account_invoice_report",
            "field_id": "account.field_account_invoice_report__price_subtotal",
            "field_date_id": "account.field_account_invoice_report__invoice_date",
            "domain": "[('payment_state','in',('paid', 'in_payment')),('move_type','=','out_invoice')]",
            "batch_mode": True,
            "batch_distinctive_field": "account.field_account_invoice_report__invoice_user_id",
            "batch_user_expression": "user.id",
        },
        {"computation_mode": "sum"},
    ),
}


class GamificationGoalDefinition(models.Model):
    _inherit = "gamification.goal.definition"

    @api.model
    def _correct_shipped(self, is_on):
        """Correct Odoo's own definitions, or put back what they were; one that somebody has edited is left alone."""
        for name, (odoo, corrections) in SHIPPED.items():
            definition = self.env.ref(f"gamification_sale_crm.{name}", raise_if_not_found=False)
            if not definition:
                continue
            right = {**odoo, **corrections}
            before, after = (odoo, right) if is_on else (right, odoo)
            if definition._has(before):
                definition.write({field: definition._as_written(field, after[field]) for field in corrections})

    def _has(self, values):
        return all(
            self._fields[name].convert_to_write(self[name], self) == self._as_written(name, value)
            for name, value in values.items()
        )

    def _as_written(self, name, value):
        return self.env.ref(value).id if self._fields[name].type == "many2one" else value
