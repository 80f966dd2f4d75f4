"""Odoo's spreadsheet dashboards, said in a few words and written out as the JSON that Odoo reads.

`parts` is what a board is made of, `boards` holds the boards, `book` writes one out, with the reader's
data (`live`) or with sample figures (`sample`). `python addons/crm_reports/dashboards` writes the files.
"""
