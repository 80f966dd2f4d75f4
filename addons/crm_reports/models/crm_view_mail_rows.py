from odoo import models

from ..view_mail import table as tables

FILE_ROWS = 10000
MAIL_ROWS = 50


class CrmViewMail(models.Model):
    """Reads an ungrouped list."""

    _inherit = "crm.view.mail"

    def _read_rows(self, model, domain, infos):
        """An ungrouped list: its records, with the totals of what can be added up."""
        wants_many = self.file_format != "none"
        limit = FILE_ROWS if wants_many else tables.REMEMBERED_ROWS if self.compare else MAIL_ROWS
        names = [name for name in self._names("columns") if infos[name]["type"] not in ("binary", "properties", "json")]
        currencies = {name: infos[name]["currency_field"] for name in names if infos[name].get("currency_field")}
        wanted = {name: self._specification(infos[name]) for name in names}
        wanted.update({name: {} for name in currencies.values()})
        answer = model.web_search_read(domain, wanted, limit=limit, order=self.sort or None)
        records = answer["records"]
        totals = {
            n: infos[n]["aggregator"] for n in names if infos[n].get("aggregator") == "sum" and n not in currencies
        }
        columns = []
        for name in names:
            kind = self._kind(infos[name])
            currency = None
            if name in currencies:
                found = {record[currencies[name]] for record in records if record[currencies[name]]}
                kind, currency = ("money", found.pop()) if len(found) == 1 else ("number", None)
                if kind == "money" and infos[name].get("aggregator") == "sum":
                    totals[name] = "sum"
            columns.append(tables.Column(name, infos[name]["string"], kind, currency))
        specs = [f"{name}:sum" for name in totals]
        [whole] = model.formatted_read_group(domain, [], specs) if specs else [{}]
        return tables.Table(
            (),
            tuple(columns),
            tuple(
                tables.Row(
                    str(record["id"]), (), tuple(self._cell(model, infos[name], name, record[name]) for name in names)
                )
                for record in records
            ),
            tuple(whole[f"{name}:sum"] if name in totals else None for name in names) if totals else None,
            answer["length"],
            answer["length"],
        )

    def _specification(self, info):
        named = info["type"] in ("one2many", "many2many", "many2one") and info["relation"] != "res.currency"
        return {"fields": {"display_name": {}}} if named else {}
