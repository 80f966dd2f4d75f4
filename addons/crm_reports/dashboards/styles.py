"""Colours, fonts and formats of Odoo's own dashboards."""

from .parts import COUNT, DAY, DAYS, HOURS, MONEY, PERCENT, TEXT

TITLE, HEAD, HEAD_RIGHT, NAME, FIGURE = "title", "head", "head_right", "name", "figure"
STYLES = {TITLE: 1, HEAD: 2, HEAD_RIGHT: 3, NAME: 4, FIGURE: 5}
STYLES_WRITTEN = {
    "1": {"textColor": "#01666b", "bold": True, "fontSize": 16, "verticalAlign": "middle"},
    "2": {"bold": True, "fontSize": 11, "textColor": "#434343", "verticalAlign": "middle"},
    "3": {"bold": True, "fontSize": 11, "textColor": "#434343", "verticalAlign": "middle", "align": "right"},
    "4": {"textColor": "#01666B", "verticalAlign": "middle"},
    "5": {"textColor": "#434343", "verticalAlign": "middle", "align": "right"},
}
UNDER_TITLE, BETWEEN = 1, 2
BORDERS_WRITTEN = {
    "1": {"bottom": {"style": "thin", "color": "#CCCCCC"}},
    "2": {"top": {"style": "thick", "color": "#FFFFFF"}, "bottom": {"style": "thick", "color": "#FFFFFF"}},
}
# money keeps the format that Odoo gives it: that of the company's currency
FORMATS = {COUNT: "1", PERCENT: "2", DAYS: "3", HOURS: "4", MONEY: "", TEXT: "", DAY: ""}
FORMATS_WRITTEN = {"1": "#,##0", "2": '0"%"', "3": "#,##0.0", "4": "#,##0.0", "5": "[$$]#,##0", "6": "mmmm yyyy"}
SAMPLE_FORMATS = {**FORMATS, MONEY: "5"}
BARS = (15531509, 16708338, 16775149, 15726335)
