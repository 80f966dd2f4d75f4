from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    game_unnamed = fields.Boolean(
        "Not by Name on Leaderboards",
        help="Colleagues see your figures as those of a colleague, without name and picture. Your team leader and "
        "sales managers still see your name.",
    )
    game_may_be_unnamed = fields.Boolean(related="company_id.game_allow_unnamed", string="May Stay Unnamed")

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "game_unnamed", "game_may_be_unnamed"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "game_unnamed"]
