from odoo import fields, models

EMPLOYEES = "base.group_user"


class CrmLead(models.Model):
    """A partner's contacts are counted with their company, as on the board of partners. Nothing of it is stored."""

    _inherit = "crm.lead"

    partner_company_id = fields.Many2one(
        string="Partner Company",
        related="partner_assigned_id.commercial_partner_id",
        groups=EMPLOYEES,
        help="The partner who has this lead, whoever of his people it is.",
    )
    partner_level_id = fields.Many2one(
        string="Partner Level",
        related="partner_assigned_id.commercial_partner_id.grade_id",
        groups=EMPLOYEES,
        help="The level that the partner company has today.",
    )

    def _field_to_sql(self, alias, field_expr, query=None):
        """Odoo groups by a related field without asking whether it may be read."""
        if field_expr in ("partner_company_id", "partner_level_id"):
            self._check_field_access(self._fields[field_expr], "read")
        return super()._field_to_sql(alias, field_expr, query)
