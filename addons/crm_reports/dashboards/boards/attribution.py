"""Marketing Attribution: what became of the leads that each source, campaign and medium brought."""

from ..parts import (
    ANY,
    CLOSED,
    GREEN,
    IS_LOST,
    IS_OPEN,
    IS_WON,
    LEADS,
    ORANGE,
    REVENUE,
    WON,
    WON_RATE,
    Board,
    Chart,
    Column,
    Measure,
    Pivot,
    Score,
    Table,
    Value,
)

DATES = "create_date"
COLUMNS = (
    Column("Leads", LEADS),
    Column("Open", LEADS, IS_OPEN),
    Column("Lost", LEADS, IS_LOST),
    Column("Won", LEADS, IS_WON),
    Column("Won Rate", WON_RATE),
    Column("Expected", REVENUE, IS_OPEN),
    Column("Won Revenue", REVENUE, IS_WON),
)
BY_MONTH = Pivot((ANY,), ("create_date:month", "medium_id"), dates=DATES)
LINEAR = Measure("amount_linear")
SHARED = (
    Column("First", Measure("amount_first")),
    Column("Last", Measure("amount_last")),
    Column("Linear", LINEAR),
    Column("U", Measure("amount_u")),
    Column("W", Measure("amount_w")),
    Column("Decay", Measure("amount_decay")),
)
WON_LEADS = Pivot(WON, dates=DATES)


def table(title, label, field, lines):
    pivot = Pivot((ANY,), (field,), ("won_status",), DATES, LEADS)
    return (Table(title, label, pivot, COLUMNS, lines=lines, wide=True),)


def shared(title, label, field, lines):
    """What was won by the touches of the event log, where attribution is counted."""
    pivot = Pivot((), (field,), dates="won_at", order=LINEAR, model="crm.attribution.share")
    return (Table(title, label, pivot, SHARED, bar=2, lines=lines, wide=True),)


ATTRIBUTION = Board(
    "attribution",
    scores=(
        Score("New Leads", Value(Pivot((ANY,), dates=DATES), LEADS)),
        Score("Won Deals", Value(WON_LEADS, LEADS), ORANGE),
        Score("Won Revenue", Value(WON_LEADS, REVENUE), GREEN),
        Score("Won Rate", Value(Pivot(CLOSED, dates=DATES), WON_RATE), GREEN),
    ),
    rows=(
        (
            Chart("Won Revenue by Source", Pivot(WON, ("source_id",), dates=DATES, order=REVENUE), REVENUE),
            Chart("New Leads by Source", Pivot((ANY,), ("source_id",), dates=DATES), LEADS, "pie"),
        ),
        (Chart("New Leads by Month", BY_MONTH, LEADS, wide=True),),
        table("Sources", "Source", "source_id", 8),
        table("Campaigns", "Campaign", "campaign_id", 8),
        table("Mediums", "Medium", "medium_id", 8),
        shared("Won by Campaign, Shared by Touches", "Campaign", "campaign_id", 8),
        shared("Won by Source, Shared by Touches", "Source", "source_id", 8),
        shared("Won by Channel, Shared by Touches", "Channel", "kind", 8),
    ),
    period="last_12_months",
)
