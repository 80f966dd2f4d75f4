import ast

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..view_mail import domain as view_domain
from ..view_mail.schedule import zone_of

# what belongs to the web client or to who looked, not to what is read
LEFT_OUT = (
    "default_",
    "search_",
    "pivot_",
    "graph_",
    "group",
    "lang",
    "tz",
    "uid",
    "allowed_company",
    "params",
    "bin_size",
)


class CannotRead(Exception):
    """A view that a recipient can't be shown; its text is a sentence in the recipient's language."""


class CrmViewMail(models.Model):
    """Reads a view as one person sees it: with that person's rights, companies, language and day."""

    _inherit = "crm.view.mail"

    def _env_of(self, user, lang=None, zone=None):
        """:raise CannotRead: where the person may enter none of the view's companies"""
        companies, wanted = user.company_ids, self.sudo().company_ids
        if wanted:
            companies &= wanted
        context = {"lang": lang or user.lang, "tz": zone or user.tz or "UTC"}
        if not companies:
            words = self.with_context(**context)
            raise CannotRead(words.env._("You no longer belong to any company of this view."))
        order = sorted(companies, key=lambda company: (company != user.company_id, company.id))
        context["allowed_company_ids"] = [company.id for company in order]
        kept = {
            key: value for key, value in ast.literal_eval(self.view_context).items() if not key.startswith(LEFT_OUT)
        }
        return self.env(user=user.id, su=False, context={**kept, **context})

    def _read(self, env):
        """The table of the view.

        :param env: environment of who reads, never of the superuser
        :raise CannotRead: where the person may not see it, or where something that it names is gone
        """
        self.ensure_one()
        words = self.with_env(env).env
        model = env.get(self.res_model)
        if model is None:
            raise CannotRead(words._("What this view shows (%(model)s) is no longer there.", model=self.res_model))
        try:
            model.check_access("read")
            domain = self._domain_for(env)
            infos = self._infos(model, domain)
            with env.cr.savepoint(flush=False):
                return (
                    self._read_groups(model, domain, infos)
                    if self._is_grouped()
                    else self._read_rows(model, domain, infos)
                )
        except AccessError as error:
            label = env["ir.model"].sudo()._get(self.res_model).name
            raise CannotRead(
                words._("You may no longer read what this view shows (%(model)s).", model=label)
            ) from error
        except view_domain.WrongDomain as error:
            raise CannotRead(words._("The filter of this view can't be read: %(reason)s", reason=error)) from error

    def _domain_for(self, env):
        view_domain.check(self.domain)
        moment = env.cr.now().replace(tzinfo=None)
        companies = env.companies.ids
        known = view_domain.names(moment, zone_of(env.context.get("tz")), env.uid, env.company.id, companies)
        try:
            return safe_eval(self.domain.strip(), known)
        except (ValueError, TypeError) as error:
            raise view_domain.WrongDomain(str(error)) from error

    def _infos(self, model, domain):
        """What is known of each field that the view names.

        :return: dict path -> description
        :raise CannotRead: where a field or property is gone; :raise AccessError: where the person may not see it
        """
        groups = [name.split(":")[0] for name in (*self._names("row_groups"), *self._names("column_groups"))]
        measures = [name.split(":")[0] for name in self._names("measures") if name != "__count"]
        columns = [] if self._is_grouped() else self._names("columns")
        infos = {path: self._info(model, path) for path in {*groups, *measures, *columns}}
        for path in view_domain.used_fields(domain):
            self._info(model, path)
        if not self._is_grouped():
            for term in self._names("sort"):
                self._info(model, term.split()[0])
        try:
            Domain(domain).validate(model)
        except (ValueError, TypeError) as error:
            raise view_domain.WrongDomain(str(error)) from error
        return infos

    def _info(self, model, path):
        words = self.with_env(model.env).env
        name, _dot, rest = path.partition(".")
        field = model._fields.get(name)
        known = field and model.fields_get([name]).get(name)
        if field and not known:
            raise AccessError(name)
        if field and rest and field.type == "properties":
            known = model.get_property_definition(path)
        elif field and rest and field.relational:
            inner = self._info(model.env[field.comodel_name], rest)
            return {**inner, "string": f"{known['string']} › {inner['string']}"}
        if not known:
            raise CannotRead(words._("A field that this view uses is no longer there: %(field)s", field=path))
        return {**known, "is_property": field.type == "properties"}
