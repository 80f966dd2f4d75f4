from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """Whether and when people get the mail of their week."""

    _inherit = "res.company"

    game_week_mail = fields.Boolean("Mail of the Week")
    game_week_day = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        string="Day",
        default="4",
        required=True,
    )
    game_week_hour = fields.Float("At", default=15.0, help="By each person's own clock.")
    game_week_since = fields.Datetime(readonly=True, copy=False)

    @api.constrains("game_week_hour")
    def _check_game_week_hour(self):
        for company in self:
            if not 0 <= company.game_week_hour < 24:
                raise ValidationError(self.env._("The time has to be from 0:00 to 23:59."))

    def write(self, vals):
        """What was due before it was switched on, or moved, is not sent afterwards."""
        changes = {"game_week_mail", "game_week_day", "game_week_hour"} & vals.keys()
        if changes:
            vals = {**vals, "game_week_since": fields.Datetime.now()}
        result = super().write(vals)
        if "game_week_mail" in vals:
            self.env["crm.game.week"].sudo()._switch_job()
        return result
