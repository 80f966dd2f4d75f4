from dataclasses import dataclass

from odoo import fields, models
from odoo.tools import format_amount, format_date, format_datetime, format_time, formatLang

from ..view_mail import table as tables
from ..view_mail.chart import ChartLibraryMissing, draw
from ..view_mail.files import csv_bytes, xlsx_bytes
from .crm_view_mail_rows import FILE_ROWS, MAIL_ROWS

CHART_NAME = "view-chart.png"
CHART_POINTS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Letter:
    """A mail that is ready: its text, its files and the numbers that the next one is compared with.

    :param files: list of (name, content, mimetype)
    """

    subject: str
    body: str
    files: tuple
    rows: int
    result: dict


class CrmViewMail(models.Model):
    """Writes the mail: table, picture, file, and the sentence of who gets it instead of a table."""

    _inherit = "crm.view.mail"

    def _letter(self, env, line, before=None, links=True):
        """The mail as one person gets it.

        :param env: environment of who reads
        :param line: the recipient, empty for a preview
        :param dict before: what was sent last time, with its moment in `at`
        :return: (Letter or None, why there is none)
        """
        table = self._read(env)
        mail = self.with_env(env)
        if self.skip_empty and not table.records:
            return None, env._("Nothing to show")
        if self.has_limit and not tables.passes(
            mail.sudo()._limited_number(table), self.limit_operator, self.limit_value
        ):
            return None, env._("The limit was not passed")
        changes = tables.changes(table, before) if self.compare else tables.Changes()
        picture, note = self._picture(env, table)
        files = [(CHART_NAME, picture, "image/png")] if picture else []
        files += self._file(env, table)
        values = {
            **self._frame(env, line, links),
            "table": self._shown_table(env, table, changes),
            "picture": bool(picture),
            "notes": [*note, *self._notes(env, table, changes, before)],
            "is_empty": not table.rows,
        }
        body = env["ir.qweb"].sudo()._render("crm_reports.view_mail_body", values)
        result = {**tables.remembered(table), "at": fields.Datetime.to_string(env.cr.now().replace(tzinfo=None))}
        return Letter(self.name, str(body), tuple(files), table.records, result), None

    def _sentence(self, env, line, sentence, links=True):
        """The mail of one who can't be shown the view."""
        values = {
            **self._frame(env, line, links),
            "table": None,
            "picture": False,
            "notes": [sentence],
            "is_empty": False,
        }
        body = env["ir.qweb"].sudo()._render("crm_reports.view_mail_body", values)
        return Letter(self.name, str(body), (), 0, {})

    def _frame(self, env, line, links):
        mail = self.sudo()
        base = mail.get_base_url()
        zone = env.context.get("tz")
        return {
            "title": mail.name,
            "moment": self._moment_words(env, env.cr.now().replace(tzinfo=None)),
            "is_snapshot": bool(line and line.partner_id),
            "owner": mail.user_id.name,
            "schedule": mail.with_context(**env.context)._schedule_words(zone) if line else "",
            "open_url": f"{base}/odoo/{mail.id}/mailed-view"
            if links and mail.id and not (line and line.partner_id)
            else "",
            "stop_url": line._link() if links and line else "",
        }

    def _moment_words(self, env, moment):
        """Day and time as the reader writes them, by the reader's clock."""
        zone = env.context.get("tz")
        day = fields.Datetime.context_timestamp(self.with_env(env), moment).date()
        return f"{format_date(env, day, date_format='long')}, {format_time(env, moment, tz=zone, time_format='short')}"

    def _notes(self, env, table, changes, before):
        notes = []
        if before and self.compare:
            at = self._moment_words(env, fields.Datetime.from_string(before["at"]))
            notes.append(env._("Compared with %(moment)s.", moment=at))
            if changes.new or changes.gone:
                notes.append(env._("%(new)s new, %(gone)s no longer there.", new=len(changes.new), gone=changes.gone))
        hidden = table.count - MAIL_ROWS
        if hidden > 0 and self.file_format == "none":
            notes.append(env._("And %(number)s more rows in Odoo.", number=hidden))
        elif hidden > 0:
            notes.append(env._("And %(number)s more rows in the attached file.", number=hidden))
        if table.count > FILE_ROWS and self.file_format != "none":
            notes.append(env._("The file holds the first %(number)s rows.", number=FILE_ROWS))
        return notes

    def _picture(self, env, table):
        """:return: (PNG or None, [a sentence where the chart is missing])"""
        if self.chart == "none":
            return None, []
        labels, series = tables.series(table, CHART_POINTS)
        if not series:
            return None, []
        try:
            return draw(self.chart, labels, series, is_stacked=self.is_stacked, is_cumulated=self.is_cumulated), []
        except ChartLibraryMissing:
            return None, [env._("The chart is missing: the Python package matplotlib is not installed on the server.")]

    def _file(self, env, table):
        name = "".join(sign if sign.isalnum() or sign in " -_." else "_" for sign in self.name).strip() or "view"
        if self.file_format == "xlsx":
            return [(f"{name}.xlsx", xlsx_bytes(table, self.name, env._("Total")), XLSX)]
        if self.file_format == "csv":
            return [(f"{name}.csv", csv_bytes(table, env._("Total")), "text/csv")]
        return []

    def _shown_table(self, env, table, changes):
        currencies = env["res.currency"].sudo().browse({c.currency for c in table.columns if c.currency})
        currencies = {currency.id: currency for currency in currencies}

        def cell(column, value, change):
            text = self._text(env, column, value, currencies)
            more = self._text(env, column, abs(change), currencies) if change else ""
            return {"text": text, "is_number": column.is_number, "change": more, "is_up": bool(change and change > 0)}

        def cells(values, known):
            return [cell(c, v, known(place)) for place, (c, v) in enumerate(zip(table.columns, values, strict=True))]

        total = cells(table.total, changes.total.get) if table.total and table.rows else None
        if total and not table.heads and not table.columns[0].is_number:  # a list has no column of its own for it
            total[0]["text"] = env._("Total")
        return {
            "heads": table.heads,
            "columns": [{"label": column.label, "is_number": column.is_number} for column in table.columns],
            "rows": [
                {
                    "labels": row.labels,
                    "is_new": row.key in changes.new,
                    "cells": cells(row.values, lambda place, row=row: changes.by_cell.get((row.key, place))),
                }
                for row in table.rows[:MAIL_ROWS]
            ],
            "total": total,
        }

    def _text(self, env, column, value, currencies):
        if value is None:
            return ""
        if column.kind == "money":
            return format_amount(env, value, currencies.get(column.currency) or env.company.currency_id)
        if column.is_number:
            return formatLang(env, value, digits=0 if column.kind == "integer" else 2)
        if column.kind == "date":
            return format_date(env, value)
        if column.kind == "datetime":  # it is in the reader's time zone by now
            return format_datetime(env, value, tz="UTC", dt_format="short")
        return value
