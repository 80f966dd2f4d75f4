import ast

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..view_mail import domain as view_domain

SETTING = "crm_reports.view_mail"
# what is mailed; who confirmed a snapshot confirmed this
DEFINITION = frozenset(
    ("res_model", "view_type", "domain", "view_context", "row_groups", "column_groups", "measures", "columns", "sort",
     "company_ids", "user_id")
)  # fmt: skip


class CrmViewMail(models.Model):
    """A view of any model that is mailed to people, to each with what that person may see."""

    _name = "crm.view.mail"
    _description = "Mailed View"
    _order = "name, id"

    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    state = fields.Selection(
        [("draft", "Not Switched On"), ("on", "On"), ("paused", "Paused")],
        default="draft",
        required=True,
        readonly=True,
    )
    pause_reason = fields.Char(readonly=True)
    is_allowed = fields.Boolean(compute="_compute_is_allowed")

    res_model = fields.Char("Model", required=True, readonly=True)
    view_type = fields.Selection(
        [("list", "List"), ("pivot", "Pivot"), ("graph", "Graph")], "View", default="list", required=True, readonly=True
    )
    action_id = fields.Many2one("ir.actions.act_window", "Opened From", ondelete="set null", readonly=True)
    domain = fields.Text("Filter", default="[]", required=True)
    view_context = fields.Text("Context", default="{}", required=True)
    row_groups = fields.Char("Rows", help="Fields that the rows are grouped by, separated by commas.")
    column_groups = fields.Char("Grouped Columns", help="Fields that the columns are grouped by.")
    measures = fields.Char(help="Numbers that are shown, separated by commas; __count is the number of records.")
    columns = fields.Char(help="Fields that an ungrouped list shows, separated by commas.")
    sort = fields.Char("Sorted By")
    company_ids = fields.Many2many(
        "res.company", string="Companies", help="Where empty, all companies of each recipient. Never more than those."
    )

    file_format = fields.Selection(
        [("none", "No File"), ("xlsx", "Excel"), ("csv", "CSV")], default="none", required=True
    )
    chart = fields.Selection(
        [("none", "No Chart"), ("bar", "Bars"), ("line", "Lines"), ("pie", "Pie")], default="none", required=True
    )
    is_stacked = fields.Boolean("Stacked", default=True)
    is_cumulated = fields.Boolean("Cumulated")

    compare = fields.Boolean("Compare With Last Time", default=True)
    skip_empty = fields.Boolean("Not When Empty", default=True)
    has_limit = fields.Boolean("Only When a Number Passes a Limit")
    limit_measure = fields.Char("Number", default="__count", help="The total of this number is compared.")
    limit_operator = fields.Selection(
        [(">", "is above"), (">=", "is at least"), ("<", "is below"), ("<=", "is at most")], default=">", required=True
    )
    limit_value = fields.Float("Limit")
    measure_choices = fields.Json(compute="_compute_measure_choices")

    recipient_ids = fields.One2many("crm.view.mail.recipient", "view_mail_id", copy=True)
    sending_ids = fields.One2many("crm.view.mail.sending", "view_mail_id", readonly=True)

    def _compute_is_allowed(self):
        self.is_allowed = self._is_allowed()

    @api.depends("res_model", "row_groups", "measures", "columns", "view_type")
    def _compute_measure_choices(self):
        for mail in self:
            mail.measure_choices = mail._limit_choices()

    @api.constrains("domain", "view_context")
    def _check_texts(self):
        for mail in self:
            try:
                view_domain.check(mail.domain)
            except view_domain.WrongDomain as error:
                raise ValidationError(self.env._("The filter can't be read: %(reason)s", reason=error)) from error
            try:
                is_dict = isinstance(ast.literal_eval(mail.view_context), dict)
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                is_dict = False
            if not is_dict:
                raise ValidationError(self.env._("The context has to be a dictionary of plain values."))

    @api.constrains("res_model", "user_id")
    def _check_model(self):
        for mail in self:
            model = self.env.get(mail.res_model)
            if model is None or model._abstract or model._transient:
                raise ValidationError(self.env._("%(model)s is nothing that can be mailed.", model=mail.res_model))
            if mail.user_id.share:
                raise ValidationError(self.env._("Only an internal user can own a mailed view."))

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create([{**vals, "state": "draft"} for vals in vals_list])
        mails._check_reader()
        for mail, vals in zip(mails, vals_list, strict=True):
            if vals.get("state") == "on":
                mail.action_switch_on()
        return mails

    def write(self, vals):
        result = super().write(vals)
        if "res_model" in vals:
            self._check_reader()
        if DEFINITION & set(vals):
            self.recipient_ids.sudo()._drop_confirmation()
        if self._SCHEDULE & set(vals) or "state" in vals:
            self._plan()
        return result

    def _check_reader(self):
        """Who makes one reads its model; in a constraint everybody would be the superuser."""
        for name in {mail.res_model for mail in self}:
            self.env[name].check_access("read")

    @api.model
    def _is_allowed(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(SETTING))

    def _is_grouped(self):
        return self.view_type != "list" or bool(self._names("row_groups"))

    def _names(self, field):
        """:return: the names in one of the fields that hold several, in their order"""
        return [name.strip() for name in (self[field] or "").split(",") if name.strip()]

    def action_switch_on(self):
        self.write({"state": "on", "pause_reason": False})

    def action_pause(self):
        self.write({"state": "paused", "pause_reason": False})

    def action_open_sendings(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_reports.crm_view_mail_sending_action")
        return {**action, "domain": [("view_mail_id", "=", self.id)]}
