"""The picture of a chart. The only file that knows the library, and it asks for it only when it draws."""

from io import BytesIO

# the colours that Odoo's own charts use for up to six, up to twelve and for more series
SIX = ("#4EA7F2", "#EA6175", "#43C5B1", "#F4A261", "#8481DD", "#FFD86D")
TWELVE = (
    "#4EA7F2", "#3188E6", "#43C5B1", "#00A78D", "#EA6175", "#CE4257",
    "#F4A261", "#F48935", "#8481DD", "#5752D1", "#FFD86D", "#FFBC2C",
)  # fmt: skip
MORE = (
    "#4EA7F2", "#3188E6", "#056BD9", "#A76DBC", "#7F4295", "#6D2387", "#EA6175", "#CE4257",
    "#982738", "#43C5B1", "#00A78D", "#0E8270", "#F4A261", "#F48935", "#BE5D10", "#8481DD",
    "#5752D1", "#3A3580", "#A4A8B6", "#7E8290", "#545B70", "#FFD86D", "#FFBC2C", "#C08A16",
)  # fmt: skip
INK, LINES = "#374151", "#E5E7EB"
MOST_SERIES = len(MORE)
LABEL_LENGTH = 28


class ChartLibraryMissing(Exception):
    """matplotlib is not installed on this server."""


def colours(number):
    """:return: that many colours, the same ones that the chart in the browser has"""
    palette = SIX if number <= len(SIX) else TWELVE if number <= len(TWELVE) else MORE
    return [palette[place % len(palette)] for place in range(number)]


def few(series):
    """As many series as there are colours: those that are too many become one, so that sums stay what they are.

    :param list series: (name, values)
    """
    if len(series) <= MOST_SERIES:
        return series
    rest = [sum(points) for points in zip(*(values for _name, values in series[MOST_SERIES - 1 :]), strict=True)]
    return [*series[: MOST_SERIES - 1], ("…", rest)]


def draw(kind, labels, series, title="", is_stacked=True, is_cumulated=False):
    """A chart as PNG.

    :param str kind: "bar", "line" or "pie"
    :param list labels: of the points
    :param list series: (name, values) with a value for each label
    :return bytes: a PNG, 1280 pixels wide
    :raise ChartLibraryMissing: where the library is not there
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ChartLibraryMissing from error
    series = few(series)
    if is_cumulated:
        series = [(name, _added_up(values)) for name, values in series]
    figure = Figure(figsize=(8, 4), dpi=160, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    if title:
        axes.set_title(_plain(title, 80), color=INK, fontsize=11, loc="left")
    if kind == "pie":
        _pie(axes, labels, series)
    else:
        _axes(axes, kind, labels, series, is_stacked)
    target = BytesIO()
    figure.savefig(target, format="png", metadata={"Software": None})
    return target.getvalue()


def _axes(axes, kind, labels, series, is_stacked):
    places = list(range(len(labels)))
    shades = colours(len(series))
    if kind == "line":
        for (name, values), shade in zip(series, shades, strict=True):
            axes.plot(places, values, color=shade, label=_plain(name), marker="o", markersize=3, linewidth=2)
            if len(series) == 1:
                axes.fill_between(places, values, color=shade, alpha=0.15)
    elif is_stacked:
        above, below = [0.0] * len(labels), [0.0] * len(labels)
        for (name, values), shade in zip(series, shades, strict=True):
            feet = [above[place] if value >= 0 else below[place] for place, value in enumerate(values)]
            axes.bar(places, values, bottom=feet, color=shade, label=_plain(name), width=0.75)
            for place, value in enumerate(values):
                (above if value >= 0 else below)[place] += value
    else:
        width = 0.8 / max(len(series), 1)
        for number, ((name, values), shade) in enumerate(zip(series, shades, strict=True)):
            shifted = [place - 0.4 + width * (number + 0.5) for place in places]
            axes.bar(shifted, values, color=shade, label=_plain(name), width=width)
    axes.set_xticks(places, [_plain(label) for label in labels], rotation=35 if len(labels) > 5 else 0, ha="right")
    if len(labels) <= 5:
        for text in axes.get_xticklabels():
            text.set_ha("center")
    axes.tick_params(colors=INK, labelsize=8, length=0)
    axes.yaxis.set_major_formatter(lambda value, _place: _short(value))
    axes.grid(axis="y", color=LINES, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINES)
    if len(series) > 1:
        axes.figure.legend(
            fontsize=8, frameon=False, labelcolor=INK, ncols=min(4, len(series)), loc="outside lower left"
        )


def _pie(axes, labels, series):
    name, values = (
        series[0] if len(series) == 1 else ("", [sum(points) for points in zip(*(v for _n, v in series), strict=False)])
    )
    slices = sorted(((value, label) for value, label in zip(values, labels, strict=True) if value > 0), reverse=True)
    if not slices:
        axes.set_axis_off()
        return
    shown = slices[:11]
    rest = sum(value for value, _label in slices[11:])
    if rest:
        shown.append((rest, "…"))
    whole = sum(value for value, _label in shown)
    wedges, _texts = axes.pie(
        [value for value, _label in shown], colors=colours(len(shown)), startangle=90, counterclock=False
    )
    texts = [f"{_plain(label)}  {value / whole:.0%}" for value, label in shown]
    axes.legend(wedges, texts, fontsize=8, frameon=False, labelcolor=INK, loc="center left", bbox_to_anchor=(1, 0.5))
    if name:
        axes.set_xlabel(_plain(name), color=INK, fontsize=8)


def _added_up(values):
    whole, found = 0.0, []
    for value in values:
        whole += value
        found.append(whole)
    return found


def _plain(text, length=LABEL_LENGTH):
    """Text as it is: a dollar sign would begin a formula, an underscore in front hide a series from the legend."""
    text = " ".join(str(text).split())
    text = text if len(text) <= length else text[: length - 1] + "…"
    text = text.replace("$", r"\$")
    return f" {text}" if text.startswith("_") else text


def _short(value):
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"
