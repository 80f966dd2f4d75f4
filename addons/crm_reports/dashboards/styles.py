"""Colours, fonts and formats of Odoo's own dashboards."""

from .parts import COUNT, DAY, DAYS, HOURS, MONEY, NUMBER, PERCENT, TEXT

TITLE, HEAD, HEAD_RIGHT, NAME, FIGURE = "title", "head", "head_right", "name", "figure"
ALARM_NAME, ALARM_FIGURE = "alarm_name", "alarm_figure"
STYLES = {TITLE: 1, HEAD: 2, HEAD_RIGHT: 3, NAME: 4, FIGURE: 5, ALARM_NAME: 6, ALARM_FIGURE: 7}
STYLES_WRITTEN = {
    "1": {"textColor": "#01666b", "bold": True, "fontSize": 16, "verticalAlign": "middle"},
    "2": {"bold": True, "fontSize": 10, "textColor": "#434343", "verticalAlign": "middle"},
    "3": {"bold": True, "fontSize": 10, "textColor": "#434343", "verticalAlign": "middle", "align": "right"},
    "4": {"textColor": "#01666B", "verticalAlign": "middle"},
    "5": {"textColor": "#434343", "verticalAlign": "middle", "align": "right"},
    "6": {"textColor": "#B42318", "verticalAlign": "middle"},
    "7": {"textColor": "#B42318", "verticalAlign": "middle", "align": "right"},
}
UNDER_TITLE, BETWEEN = 1, 2
BORDERS_WRITTEN = {
    "1": {"bottom": {"style": "thin", "color": "#CCCCCC"}},
    "2": {"top": {"style": "thick", "color": "#FFFFFF"}, "bottom": {"style": "thick", "color": "#FFFFFF"}},
}
FORMATS = {COUNT: "1", NUMBER: "1", PERCENT: "2", DAYS: "3", HOURS: "3", MONEY: "4", DAY: "5", TEXT: ""}
FORMATS_WRITTEN = {"1": "#,##0", "2": '0"%"', "3": "#,##0.0", "4": "[$$]#,##0", "5": "mm/dd/yyyy"}
# put in when somebody opens the board: the currency of his company, the way his language writes days
READER_FORMATS = {"money": FORMATS[MONEY], "day": FORMATS[DAY]}
BARS = (15531509, 16708338, 16775149, 15726335)
