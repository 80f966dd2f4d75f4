"""What a dashboard is made of. All of it is frozen: equal pivots are one pivot in the file."""

from dataclasses import dataclass

COUNT, MONEY, PERCENT, DAYS, HOURS, NUMBER = "count", "money", "percent", "days", "hours", "number"
TEXT, DAY = "text", "day"

ANY = ("active", "in", (True, False))  # lost leads are archived
OPEN = ("won_status", "=", "pending")
WON = (ANY, ("won_status", "=", "won"))
LOST = (ANY, ("won_status", "=", "lost"))
CLOSED = (ANY, ("won_status", "in", ("won", "lost")))
DEALS = ("type", "=", "opportunity")

BLUE, ORANGE, GREEN, RED = "#EFF6FF", "#FFF7ED", "#ECFDF5", "#FEF2F2"


@dataclass(frozen=True)
class Measure:
    """A field that is added up or averaged.

    :param kind: how its figures are shown
    """

    name: str
    aggregator: str = "sum"
    kind: str = MONEY

    @property
    def key(self):
        return self.name if self.name == "__count" else f"{self.name}:{self.aggregator}"


LEADS = Measure("__count", "", COUNT)
REVENUE = Measure("expected_revenue")
WEIGHTED = Measure("prorated_revenue")
WON_RATE = Measure("won_rate", "avg", PERCENT)
CYCLE = Measure("cycle_days", "avg", DAYS)
AGE = Measure("age_days", "avg", DAYS)
TO_CLOSE = Measure("day_close", "avg", DAYS)
TO_ASSIGN = Measure("day_open", "avg", DAYS)

IS_WON, IS_LOST, IS_OPEN = ((("won_status", status),) for status in ("won", "lost", "pending"))


@dataclass(frozen=True)
class Pivot:
    """Records in groups.

    :param domain: leaves, all of which hold
    :param rows, columns: names of fields, with the granularity of dates (`date_closed:month`)
    :param dates: the field that the period of the board goes by; empty: the period does not matter
    :param order: the measure that rows are sorted by, highest first; None: as the field sorts
    :param order_at: of which group of the columns, (field, value); empty: of all
    :param shift: -1 is the period before
    """

    domain: tuple
    rows: tuple = ()
    columns: tuple = ()
    dates: str = ""
    order: Measure = None
    model: str = "crm.lead"
    shift: int = 0
    order_at: tuple = ()


@dataclass(frozen=True)
class Value:
    """One figure of a pivot; `at` says of which groups: (field, value) pairs."""

    pivot: Pivot
    measure: Measure
    at: tuple = ()


@dataclass(frozen=True)
class Score:
    """A scorecard. Beside its figure stands how it has changed since the period before, or another figure.

    :param beside: the other figure, with `beside_text` behind it
    :param compare: whether there is a period before to compare with
    :param menu: xml id of the menu that a click opens
    """

    title: str
    value: Value
    background: str = BLUE
    beside: Value = None
    beside_text: str = ""
    compare: bool = True
    less_is_better: bool = False
    menu: str = "crm.crm_opportunity_report_menu"


@dataclass(frozen=True)
class Column:
    """A column of figures: the measure of the row's group, of one group of the pivot's columns if `at` says so."""

    title: str
    measure: Measure
    at: tuple = ()


@dataclass(frozen=True)
class Table:
    """The groups of a pivot, one a row.

    :param bar: which column of figures is drawn as a bar behind the names
    :param lines: how many rows at most
    """

    title: str
    label: str
    pivot: Pivot
    columns: tuple
    bar: int = 0
    lines: int = 10
    wide: bool = False


@dataclass(frozen=True)
class Field:
    """A column of a listing; `span` is its width in columns of the grid."""

    name: str
    title: str
    kind: str = TEXT
    span: int = 2


@dataclass(frozen=True)
class Listing:
    """Records, one a row.

    :param order: (field, ascending) pairs
    :param alarm: whether whatever is in it is a risk, and red
    """

    title: str
    domain: tuple
    fields: tuple
    order: tuple
    dates: str = ""
    model: str = "crm.lead"
    lines: int = 10
    wide: bool = False
    alarm: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of a pivot's groups: by its first row, stacked by its second if it has one.

    :param kind: bar, line or pie
    """

    title: str
    pivot: Pivot
    measure: Measure
    kind: str = "bar"
    wide: bool = False


@dataclass(frozen=True)
class Board:
    """A dashboard: scorecards on top, below them rows of one wide block or two blocks side by side.

    :param name: of the files
    :param period: what the filter on the period stands at first; empty: any time
    :param filters: names of the other filters, see `filters`
    :param addon: in which its files lie
    """

    name: str
    scores: tuple
    rows: tuple
    period: str = ""
    filters: tuple = ("team", "person", "source")
    addon: str = "crm_reports"

    @property
    def blocks(self):
        return [block for row in self.rows for block in row]
