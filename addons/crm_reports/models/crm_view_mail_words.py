from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..view_mail import domain as view_domain
from .crm_view_mail_reading import CannotRead


class CrmViewMail(models.Model):
    """What a mailed view shows, in words, and the numbers that a limit can be set on."""

    _inherit = "crm.view.mail"

    summary = fields.Char("Shows", compute="_compute_summary")

    @api.depends("res_model", "view_type", "row_groups", "column_groups", "measures", "columns", "domain")
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        for mail in self:
            mail.summary = mail._summary() if mail.res_model else False

    def _summary(self):
        """What is shown, in words; where that can't be read, why."""
        try:
            env = self._env_of(self.env.user, lang=self.env.lang)
            model = env[self.res_model]
            infos = self._infos(model, self._domain_for(env))
        except (CannotRead, view_domain.WrongDomain, AccessError, KeyError, ValueError) as error:
            return str(error)
        label = env["ir.model"].sudo()._get(self.res_model).name
        if not self._is_grouped():
            return f"{label}: {', '.join(infos[name]['string'] for name in self._names('columns'))}"
        groups = [
            self._group_title(model, infos, name) for name in self._names("row_groups") + self._names("column_groups")
        ]
        measures = self._names("measures") or ["__count"]
        numbers = [env._("Count") if name == "__count" else infos[name.split(":")[0]]["string"] for name in measures]
        return f"{label}: {' × '.join(groups)} · {', '.join(numbers)}" if groups else f"{label}: {', '.join(numbers)}"

    def _limit_choices(self):
        """The numbers that a limit can be set on: [name, label] each."""
        model = self.env.get(self.res_model)
        choices = [["__count", self.env._("Count")]]
        if model is None or not model.has_access("read"):
            return choices
        names = self._names("measures") if self._is_grouped() else self._names("columns")
        infos = model.fields_get([name.split(":")[0] for name in names])
        for name in names:
            info = infos.get(name.split(":")[0])
            if info and (self._is_grouped() or info.get("aggregator") == "sum"):
                choices.append([name, info["string"]])
        return choices

    def _limited_number(self, table):
        """The total that the limit is compared with.

        :raise CannotRead: where the view has no such number any more
        """
        measure = self.limit_measure or "__count"
        if measure == "__count" and not any(column.key == "__count" for column in table.columns):
            return table.records
        for place, column in enumerate(table.columns):
            if column.key == measure or column.key.startswith(f"{measure}:"):
                return table.total[place] if table.total else 0
        raise CannotRead(self.env._("The number that the limit is set on is no longer there: %(field)s", field=measure))
