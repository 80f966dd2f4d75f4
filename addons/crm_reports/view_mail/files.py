"""The table as a file: Excel or CSV. No cell of it is ever a formula."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MONEY, WHOLE, NUMBER = "#,##0.00", "#,##0", "#,##0.00"


def harmless(text):
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _lines(table, words):
    for row in table.rows:
        yield row.labels, row.values
    if table.total is not None and table.rows:
        labels = (words,) + ("",) * (len(table.heads) - 1) if table.heads else ()
        yield labels, table.total


def csv_bytes(table, words):
    """:param str words: title of the line with the totals; :return bytes: UTF-8 with a mark, as Excel wants it"""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(text) for text in (*table.heads, *(column.label for column in table.columns))])
    for labels, values in _lines(table, words):
        writer.writerow(
            [harmless(str(label)) for label in labels]
            + [
                ("" if value is None else value)
                if column.is_number
                else harmless(
                    value.isoformat(" ") if isinstance(value, datetime) else str("" if value is None else value)
                )
                for column, value in zip(table.columns, values, strict=True)
            ]
        )
    return target.getvalue().encode("utf-8-sig")


def xlsx_bytes(table, title, words):
    """An Excel file with one sheet; numbers are numbers, days are days, all else is text."""
    import xlsxwriter

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {
        "money": book.add_format({"num_format": MONEY}),
        "number": book.add_format({"num_format": NUMBER}),
        "integer": book.add_format({"num_format": WHOLE}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    heads = (*table.heads, *(column.label for column in table.columns))
    for place, text in enumerate(heads):
        sheet.write_string(0, place, text, bold)
        sheet.set_column(place, place, min(max(len(text) + 2, 12), 40))
    sheet.freeze_panes(1, len(table.heads))
    for line, (labels, values) in enumerate(_lines(table, words), 1):
        for place, label in enumerate(labels):
            sheet.write_string(line, place, str(label))
        for place, (column, value) in enumerate(zip(table.columns, values, strict=True), len(labels)):
            _write(sheet, line, place, column, value, formats)
    book.close()
    return target.getvalue()


def _write(sheet, line, place, column, value, formats):
    if value is None:
        return
    if column.is_number:
        sheet.write_number(line, place, value, formats[column.kind])
    elif isinstance(value, date):  # a datetime is one as well
        sheet.write_datetime(line, place, value, formats[column.kind])
    else:
        sheet.write_string(line, place, str(value))


def _sheet_name(title):
    """A name that Excel takes: 31 characters, none of its own signs."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip(" '")[:31] or "View"
