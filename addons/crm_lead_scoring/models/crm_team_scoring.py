from odoo import fields, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    scoring_excluded = fields.Boolean(
        "Not Scored",
        help="Nothing is learned from this team's closed leads, and its open ones keep Odoo's own probability.",
    )
