import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .crm_view_mail_body import CHART_NAME
from .crm_view_mail_reading import CannotRead

# what the web client may hand over when a mail is made from a view
FROM_VIEW = frozenset(
    ("name", "res_model", "view_type", "action_id", "domain", "view_context", "row_groups", "column_groups", "measures",
     "columns", "sort", "chart", "is_stacked", "is_cumulated", "company_ids")
)  # fmt: skip


class CrmViewMail(models.Model):
    """How one is made from a view, looked at, sent to oneself, and opened from the mail."""

    _inherit = "crm.view.mail"

    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        view = self.env.context.get("view_mail") or {}
        values.update({name: view[name] for name in FROM_VIEW & set(names) & set(view)})
        if "recipient_ids" in names:
            values["recipient_ids"] = [fields.Command.create({"user_id": self.env.uid})]
        if view.get("columns") and "file_format" in names:
            values["file_format"] = "xlsx"
        return values

    @api.depends_context("uid", "lang")
    def _compute_preview(self):
        """The mail as it would come now, with the rights of who looks: never with another one's."""
        for mail in self:
            mail.preview = mail._preview_html()

    def _preview_html(self):
        line = self.recipient_ids.filtered(lambda one: one.user_id == self.env.user)
        try:
            env = self._env_of(self.env.user)
            letter, reason = self._letter(
                env, self.env["crm.view.mail.recipient"], line.sudo().last_result, links=False
            )
        except CannotRead as error:
            letter, reason = None, str(error)
        if not letter:
            return Markup("<p>%s</p>") % self.env._("Nothing would be sent now: %(reason)s.", reason=reason)
        body = letter.body
        for name, content, kind in letter.files:
            if name == CHART_NAME:
                body = body.replace(f"cid:{name}", f"data:{kind};base64,{base64.b64encode(content).decode()}")
        return Markup(body)

    def action_preview(self):
        return self._dialog("crm_reports.crm_view_mail_view_preview", self.env._("Preview With Your Own Rights"))

    def action_back(self):
        return self._dialog("crm_reports.crm_view_mail_view_dialog", self.env._("Mail Me This View"))

    def _dialog(self, view, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(view).id, "form")],
            "target": "new",
        }

    def action_send_to_me(self):
        """The mail at once, to who asks for it and with his rights; it counts for no schedule."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.email:
            raise UserError(self.env._("You have no e-mail address."))
        now = self.env.cr.now().replace(tzinfo=None)
        row = (
            self.env["crm.view.mail.sending"]
            .sudo()
            .create({"view_mail_id": self.id, "user_id": self.env.uid, "moment": now, "try_at": now})
        )
        row._write_letter()
        if row.state == "skipped":
            raise UserError(self.env._("Nothing was sent: %(reason)s.", reason=row.reason))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The mail is on its way to %(email)s.", email=self.env.user.email),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def open_for_me(self, view_mail_id):
        """What the link in the mail opens: the view with its filter, for its recipients and its owner.

        :return dict: an action
        """
        mail = self.sudo().browse(int(view_mail_id)).exists()
        is_mine = mail and self.env.user in mail.user_id | mail.recipient_ids.user_id
        if not is_mine:
            raise AccessError(self.env._("This mailed view is not there, or not for you."))
        try:
            env = mail._env_of(self.env.user)
            mail._infos(env[mail.res_model], domain := mail._domain_for(env))
        except (CannotRead, KeyError, ValueError) as error:
            raise UserError(str(error)) from error
        known = {kind: view_id for view_id, kind in mail.action_id.views} if mail.action_id else {}
        return {
            "type": "ir.actions.act_window",
            "name": mail.name,
            "res_model": mail.res_model,
            "views": [(known.get(kind, False), kind) for kind in (mail.view_type, "form")],
            "search_view_id": mail.action_id.search_view_id.ids,
            "domain": domain,
            "context": mail._client_context(env),
        }

    def _client_context(self, env):
        rows, columns = self._names("row_groups"), self._names("column_groups")
        if self.view_type == "list":
            return {"group_by": rows}
        if self.view_type == "graph":
            measure = (self._names("measures") or ["__count"])[0]
            mode = {"graph_mode": self.chart} if self.chart != "none" else {}
            return {"graph_groupbys": [*rows, *columns], "graph_measure": measure, **mode}
        return {
            "pivot_row_groupby": rows,
            "pivot_column_groupby": columns,
            "pivot_measures": self._names("measures"),
        }
