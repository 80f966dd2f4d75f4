"""A board's figures made up, for a database without leads: plainly a sample, and always the same."""

from .figures import static_chart
from .live import words
from .parts import COUNT, DAY, DAYS, HOURS, MONEY, NUMBER, PERCENT
from .sheet import zone
from .styles import FORMATS

NAMES = {
    "user_id": ("Salesperson A", "Salesperson B", "Salesperson C", "Salesperson D", "Salesperson E"),
    "team_id": ("Team North", "Team South", "Partners"),
    "stage_id": ("New", "Qualified", "Proposition", "Negotiation"),
    "source_id": ("Search engine", "Newsletter", "Trade fair", "Referral"),
    "campaign_id": ("Spring", "Product launch", "Autumn fair"),
    "medium_id": ("Website", "Email", "Phone", "Social network"),
    "lost_reason_id": ("Too expensive", "We don't have people/skills", "Not enough stock"),
    "mail_activity_type_id": ("Call", "Meeting", "Email", "To-Do"),
    "attention_state": ("Customer Is Waiting", "Step Overdue", "No Next Step", "Stalled"),
    "won_status": ("Won", "Lost"),
    "probability_band": ("< 20 %", "20–40 %", "40–60 %", "60–80 %", "≥ 80 %"),
    "win_score_band": ("A", "B", "C", "D"),
    "age_band": ("< 7 d", "7–30 d", "30–90 d", "90–180 d"),
    "kind": ("Page visited", "Form sent", "Mailing opened", "Meeting held", "Customer wrote"),
    "month": ("January", "February", "March", "April", "May", "June"),
}
FIGURES = {
    COUNT: (48, 37, 29, 21, 14, 9, 24, 17),
    MONEY: (186_000, 142_500, 97_800, 64_200, 38_400, 21_900, 118_000, 83_600),
    PERCENT: (46, 41, 38, 33, 27, 22, 35, 30),
    DAYS: (31.5, 27.2, 44.8, 38.1, 52.6, 19.4, 33.3, 40.7),
    NUMBER: (64, 58, 51, 43, 37, 29, 55, 47),
    HOURS: (2.4, 3.8, 6.1, 1.7, 9.5, 4.2, 5.5, 3.1),
}
DAYS_SHOWN = ("03/02/2026", "03/09/2026", "03/16/2026", "03/23/2026", "03/30/2026")


def names(field):
    name, _colon, granularity = field.partition(":")
    return NAMES["month"] if granularity else NAMES[name]


def figure(kind, *numbers):
    """One of the figures of a kind: the same place has always the same."""
    known = FIGURES[kind]
    return known[sum(numbers) % len(known)]


class Sample:
    """Gives what `Live` gives, without asking anybody."""

    is_sample = True
    formats = FORMATS

    def __init__(self, board):
        self.board = board
        self._scores = 0

    def value(self, value, before=False):
        self._scores += not before
        return str(round(figure(value.measure.kind, self._scores) * (0.9 if before else 1), 1))

    def name(self, table, line):
        known = names(table.pivot.rows[0])
        return words(known[line]) if line < len(known) else ""

    def cell(self, table, column, line):
        known = names(table.pivot.rows[0])
        return str(figure(column.measure.kind, line, table.columns.index(column))) if line < len(known) else ""

    def field(self, listing, field, line):
        if line >= 5:
            return ""
        if field.kind == DAY:
            return DAYS_SHOWN[line]
        if field.kind in FIGURES:
            return str(figure(field.kind, line))
        known = NAMES.get(field.name)
        return words(known[line % len(known)] if known else f"Sample {line + 1}")

    def chart(self, chart, data):
        """The figures go into columns of the second sheet, below what stands there."""
        rows = chart.pivot.rows
        labels, series = names(rows[0]), names(rows[1]) if len(rows) > 1 else (chart.title,)
        top = data.row + 1
        step = 3 if ":" in rows[0] else 1  # months go up and down, groups come with the highest first
        for line, label in enumerate(labels):
            data.put(0, top + 1 + line, words(label))
        for column, title in enumerate(series):
            data.put(1 + column, top, words(title))
            for line in range(len(labels)):
                number = figure(chart.measure.kind, step * line, 2 * column)
                data.put(1 + column, top + 1 + line, str(number), form=self.formats[chart.measure.kind])
        data.row = top + 1 + len(labels)
        areas = [f"Data!{zone(1 + column, top, 1, len(labels) + 1)}" for column in range(len(series))]
        return static_chart(self.board, chart, f"Data!{zone(0, top, 1, len(labels) + 1)}", areas)

    def sources(self):
        return {"pivots": {}, "pivotNextId": 1, "lists": {}, "listNextId": 1}
