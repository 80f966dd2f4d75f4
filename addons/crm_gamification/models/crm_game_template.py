from odoo import fields, models


class CrmGameTemplate(models.Model):
    """A ready challenge of the gallery."""

    _name = "crm.game.template"
    _description = "Ready Challenge"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(translate=True)
    icon = fields.Char(default="fa-trophy")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    definition_id = fields.Many2one("gamification.goal.definition", "What Counts", required=True, ondelete="cascade")
    period = fields.Selection(
        [("weekly", "Weekly"), ("monthly", "Monthly"), ("yearly", "Yearly")], default="monthly", required=True
    )
    target = fields.Float(required=True, default=1.0)
    least_number = fields.Integer("At Least", help="Rates and averages are told from so many deals, or answers, on.")
    target_by_work = fields.Boolean("Targets by Working Time", default=True)

    def action_use(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "crm.game.start",
            "view_mode": "form",
            "target": "new",
            "context": {"default_template_id": self.id},
        }
