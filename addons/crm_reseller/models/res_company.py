from odoo import fields, models

WAYS = [
    ("best", "The best partner, then the next best"),
    ("first", "The best few at once, the first to accept gets it"),
    ("turn", "In turn among the best few"),
]
LEVEL_MENUS = ["crm_reseller.crm_reseller_level_change_menu"]
APPLICATION_MENUS = ["crm_reseller.crm_reseller_application_menu"]
BOARD_MENUS = ["crm_reseller.crm_reseller_board_menu", "crm_reseller.crm_lead_without_progress_menu"]


class ResCompany(models.Model):
    _inherit = "res.company"

    reseller_offers = fields.Boolean("Offer Leads to Partners")
    reseller_way = fields.Selection(WAYS, "Who Is Asked", default="best", required=True)
    reseller_top = fields.Integer("Partners Asked", default=3)
    reseller_days_valid = fields.Integer("Days to Answer", default=3)
    reseller_remind_days = fields.Integer("Days until the Reminder", default=1)
    reseller_shows_contact = fields.Boolean("Contact Data before Acceptance")
    reseller_auto = fields.Boolean("Offer New Leads by Itself")
    reseller_domain = fields.Char("Leads Offered by Themselves", default="[]")

    reseller_board = fields.Boolean("Board of Partners")

    reseller_levels = fields.Boolean("Levels by Rules")
    reseller_levels_auto = fields.Boolean("Change Levels by Itself")
    reseller_level_months = fields.Integer("Months That Count", default=12)
    reseller_level_grace_days = fields.Integer("Days of Grace", default=90)

    reseller_applications = fields.Boolean("Applications of Partners")

    reseller_registrations = fields.Boolean("Deal Registration")
    reseller_protection_days = fields.Integer("Days Protected", default=90)
    reseller_extension_days = fields.Integer("Days Longer on Request", default=30)

    _reseller_days = models.Constraint(
        "CHECK(reseller_protection_days > 0 AND reseller_extension_days > 0)",
        "A registered deal is protected for at least a day.",
    )
    _reseller_numbers = models.Constraint(
        "CHECK(reseller_top BETWEEN 1 AND 20 AND reseller_days_valid BETWEEN 1 AND 90 AND reseller_remind_days >= 0)",
        "Between 1 and 20 partners can be asked, and they have between 1 and 90 days to answer.",
    )

    _reseller_level_numbers = models.Constraint(
        "CHECK(reseller_level_months BETWEEN 1 AND 120 AND reseller_level_grace_days BETWEEN 0 AND 730)",
        "Levels count between 1 and 120 months, with at most 730 days of grace.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "reseller_offers" in vals:
            self.env["crm.lead.offer"]._switch_job()
        if "reseller_registrations" in vals:
            self._switch_registrations()
        if "reseller_board" in vals:
            self._switch_menus("reseller_board", BOARD_MENUS)
        if "reseller_levels" in vals:
            self._switch_menus("reseller_levels", LEVEL_MENUS)
            self._switch_levels()
        if "reseller_applications" in vals:
            self._switch_menus("reseller_applications", APPLICATION_MENUS)
        return result

    def _switch_levels(self):
        """The job runs, at first at once, while a company gives levels by rules."""
        job = self.env.ref("crm_reseller.ir_cron_levels").sudo()
        is_on = bool(self.sudo().search_count([("reseller_levels", "=", True)], limit=1))
        if job.active != is_on:
            job.active = is_on
            if is_on:
                job._trigger()

    def _switch_menus(self, name, menus):
        """Menus that are there while a company has switched something on."""
        is_on = bool(self.sudo().search_count([(name, "=", True)], limit=1))
        for xmlid in menus:
            menu = self.env.ref(xmlid).sudo()
            if menu.active != is_on:
                menu.active = is_on

    def _switch_registrations(self):
        """The menu is there while a company lets partners register deals."""
        self._switch_menus("reseller_registrations", ["crm_reseller.crm_deal_registration_menu"])
