import json
from dataclasses import replace
from datetime import date, datetime

from odoo import fields, models
from odoo.tools import html2plaintext

from ..view_mail import table as tables

TEXT_LENGTH = 200


class CrmViewMail(models.Model):
    """Turns what Odoo reads, grouped or not, into a table with labels in the reader's language."""

    _inherit = "crm.view.mail"

    def _read_groups(self, model, domain, infos):
        rows, groups = self._names("row_groups"), self._names("column_groups")
        rows, groups = (
            [self._group_spec(infos, name) for name in rows],
            [self._group_spec(infos, name) for name in groups],
        )
        measures, specs, converted = self._measures(model, infos)
        sets = [[*rows, *groups], rows, groups, []]
        answers = self._grouping_sets(model, domain, sets, specs)
        [whole] = answers[3] or [dict.fromkeys(specs)]
        measures, read = self._currencies(model, measures, converted, whole)

        def values(group):
            return tuple(group[spec] or 0 for spec in read)

        def keyed(names, group):
            return self._key([self._raw(group[name]) for name in names])

        row_totals = {keyed(rows, group): values(group) for group in answers[1]} if rows else {}
        table = tables.crossed(
            [self._group_title(model, infos, name) for name in rows] or [model.env["ir.model"]._get(model._name).name],
            measures,
            [(keyed(rows, g), tuple(self._label(model, infos, name, g[name]) for name in rows)) for g in answers[1]]
            if rows
            else [("", (self.env._("Total"),))],
            [
                (keyed(groups, g), " / ".join(self._label(model, infos, name, g[name]) for name in groups))
                for g in answers[2]
            ]
            if groups
            else [],
            {(keyed(rows, g), keyed(groups, g)): values(g) for g in answers[0]} if groups else {},
            row_totals or {"": values(whole)},
            {keyed(groups, g): values(g) for g in answers[2]} if groups else {},
            values(whole),
            model.env._("Total"),
        )
        return self._sorted(table, whole)

    def _grouping_sets(self, model, domain, sets, specs):
        if self.view_type == "graph":
            model = model.with_context(fill_temporal=True)
        distinct = list({tuple(one) for one in sets})
        answers = dict(zip(distinct, model.formatted_read_grouping_sets(domain, distinct, specs), strict=True))
        return [answers[tuple(one)] for one in sets]

    def _group_spec(self, infos, name):
        path, _colon, step = name.partition(":")
        is_moment = infos[path]["type"] in ("date", "datetime")
        return f"{path}:{step or 'month'}" if is_moment else path

    def _measures(self, model, infos):
        """:return: columns, what is to be read, and for each money field what it is in one currency"""
        columns, specs, converted = [], ["__count"], {}
        for name in self._names("measures") or ["__count"]:
            if name == "__count":
                columns.append(tables.Column(name, model.env._("Count"), "integer"))
                continue
            path, _colon, way = name.partition(":")
            info = infos[path]
            way = way or info.get("aggregator") or ("count_distinct" if info["type"] == "many2one" else "sum")
            kind = "integer" if way.startswith("count") else self._kind(info, way)
            spec = f"{path}:{way}"
            columns.append(tables.Column(spec, info["string"], kind))
            specs.append(spec)
            if info.get("currency_field") and way == "sum":
                converted[spec] = (f"{info['currency_field']}:array_agg_distinct", f"{path}:sum_currency")
                specs += converted[spec]
        return columns, list(dict.fromkeys(specs)), converted

    def _currencies(self, model, columns, converted, whole):
        """Money in its own currency where there is only one, else all in the company's."""
        found, read = [], []
        for column in columns:
            spec, currency = column.key, None
            if column.key in converted:
                currencies = [one for one in whole.get(converted[column.key][0]) or [] if one]
                if len(currencies) > 1:
                    spec = converted[column.key][1]
                currency = currencies[0] if len(currencies) == 1 else model.env.company.currency_id.id
            found.append(tables.Column(column.key, column.label, column.kind, currency))
            read.append(spec)
        return found, read

    def _sorted(self, table, whole):
        """Rows as a chart is sorted: by its first number."""
        direction = (self.sort or "").strip().upper()
        rows = table.rows
        if self.view_type == "graph" and direction in ("ASC", "DESC"):
            place = next((n for n, column in enumerate(table.columns) if not column.group), None)
            place = len(table.columns) - 1 if place is None else place
            rows = tuple(sorted(rows, key=lambda row: row.values[place] or 0, reverse=direction == "DESC"))
        return replace(table, rows=rows, records=whole["__count"] or 0)

    def _group_title(self, model, infos, name):
        path, _colon, step = name.partition(":")
        if not step:
            return infos[path]["string"]
        steps = {
            "day": model.env._("Day"),
            "week": model.env._("Week"),
            "month": model.env._("Month"),
            "quarter": model.env._("Quarter"),
            "year": model.env._("Year"),
        }
        return f"{infos[path]['string']}: {steps.get(step, step)}"

    def _raw(self, value):
        return value[0] if isinstance(value, tuple | list) else value

    def _label(self, model, infos, name, value):
        info = infos[name.split(":")[0]]
        if isinstance(value, tuple | list):
            return str(value[1])
        if info["type"] == "boolean":
            return model.env._("Yes") if value else model.env._("No")
        if value is False or value is None or value == "":
            return model.env._("None")
        return str(dict(info.get("selection") or ()).get(value, value))

    def _kind(self, info, way="sum"):
        kinds = {"integer": "integer", "float": "number", "monetary": "money", "date": "date", "datetime": "datetime"}
        kind = kinds.get(info["type"], "text")
        return "number" if kind == "integer" and way == "avg" else kind

    def _cell(self, model, info, name, value):
        """A value of a record as the table holds it: a number, a day, or text in the reader's language."""
        kind = info["type"]
        if kind == "boolean":
            return model.env._("Yes") if value else model.env._("No")
        if kind in ("integer", "float", "monetary"):
            return value or 0
        if value is False or value is None:
            return None
        if kind == "many2one":
            return value["display_name"] if isinstance(value, dict) else str(value)
        if kind in ("one2many", "many2many"):
            return ", ".join(one["display_name"] or "" for one in value)[:TEXT_LENGTH]
        if isinstance(value, datetime):
            return fields.Datetime.context_timestamp(model, value).replace(tzinfo=None)
        if isinstance(value, date):
            return value
        if kind == "selection":
            return str(dict(info["selection"]).get(value, value))
        return (html2plaintext(value) if kind == "html" else str(value))[:TEXT_LENGTH]

    def _key(self, values):
        return json.dumps(values, default=str)
