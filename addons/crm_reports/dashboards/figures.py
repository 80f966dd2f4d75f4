"""Scorecards and charts as Odoo reads them."""

from .filters import ACTIONS, matching

HEAD = {"bold": True, "color": "#434343"}
LEGEND = {True: "top", False: "none"}


def slug(*words):
    return "-".join("-".join(words).lower().replace("/", " ").split())


def scorecard(board, score, key, baseline, since):
    """
    :param str key: place of the figure
    :param str baseline: place of the one beside it; empty: none
    :param bool since: whether that is the one of the period before
    """
    up, down = ("#DC6965", "#00A04A") if score.less_is_better else ("#00A04A", "#DC6965")
    data = {
        "type": "scorecard",
        "chartId": slug(board.name, score.title),
        "title": {"text": score.title, **HEAD},
        "background": score.background,
        "keyValue": key,
        "baselineMode": "percentage" if since else "text",
        "baselineColorUp": up,
        "baselineColorDown": down,
        "humanize": False,
    }
    if baseline:
        data["baseline"] = baseline
        data["baselineDescr"] = {"text": "since last period" if since else score.beside_text, "fontSize": 12}
    return data


def odoo_chart(board, chart):
    """A chart that asks the database and opens the records behind what is clicked."""
    pivot = chart.pivot
    stacked = len(pivot.rows) > 1
    data = {
        "type": f"odoo_{chart.kind}",
        "chartId": slug(board.name, chart.title),
        "title": {"text": ""},
        "background": "#FFFFFF",
        "legendPosition": "right" if chart.kind == "pie" else LEGEND[stacked],
        "metaData": {
            "groupBy": list(pivot.rows),
            "measure": chart.measure.name,
            "order": "DESC" if pivot.order else None,
            "resModel": pivot.model,
            "mode": chart.kind,
        },
        "searchParams": {
            "comparison": None,
            "context": {},
            "domain": list(pivot.domain),
            "groupBy": list(pivot.rows),
            "orderBy": [],
        },
        "actionXmlId": ACTIONS[pivot.model],
        "dataSets": [],
        "verticalAxisPosition": "left",
        "stacked": stacked,
        "fieldMatching": matching(board, pivot.model, pivot.dates),
    }
    if chart.kind == "line":
        data |= {"fillArea": True, "cumulative": False, "cumulatedStart": False}
        data["metaData"]["cumulatedStart"] = False
    return data


def static_chart(board, chart, labels, series):
    """The same over cells.

    :param str labels: where the names stand
    :param list series: where the figures stand, each range with its title on top
    """
    stacked = len(series) > 1
    data = {
        "type": chart.kind,
        "chartId": slug(board.name, chart.title),
        "title": {"text": ""},
        "background": "#FFFFFF",
        "legendPosition": "right" if chart.kind == "pie" else LEGEND[stacked],
        "dataSetsHaveTitle": True,
        "dataSets": [{"dataRange": area, "yAxisId": "y"} for area in series],
        "labelRange": labels,
        "aggregated": False,
    }
    if chart.kind != "pie":
        data["stacked"] = stacked
    if chart.kind == "line":
        data |= {"labelsAsText": True, "cumulative": False, "fillArea": True}
    return data
