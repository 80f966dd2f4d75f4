"""Lost Deals: how many, why, where and whose."""

from ..parts import (
    CLOSED,
    DAY,
    GREEN,
    LEADS,
    LOST,
    MONEY,
    ORANGE,
    RED,
    REVENUE,
    TO_CLOSE,
    WON_RATE,
    Board,
    Chart,
    Column,
    Field,
    Listing,
    Pivot,
    Score,
    Table,
    Value,
)
from .common import PERSON, WIDE_STAGE

DATES = "date_closed"
ALL = Pivot(LOST, dates=DATES)
COLUMNS = (Column("Lost", LEADS), Column("Revenue", REVENUE), Column("Days Open", TO_CLOSE))


def table(title, label, field, lines=8):
    return Table(title, label, Pivot(LOST, (field,), dates=DATES, order=LEADS), COLUMNS, lines=lines)


LOST_DEALS = Board(
    "lost_deals",
    scores=(
        Score("Lost", Value(ALL, LEADS), RED, less_is_better=True),
        Score("Lost Revenue", Value(ALL, REVENUE), RED, less_is_better=True),
        Score("Days Until Lost", Value(ALL, TO_CLOSE), ORANGE),
        Score("Won Rate", Value(Pivot(CLOSED, dates=DATES), WON_RATE), GREEN),
    ),
    rows=(
        (
            Chart("Lost Revenue by Month", Pivot(LOST, ("date_closed:month",), dates=DATES), REVENUE, "line"),
            Chart("Lost by Reason", Pivot(LOST, ("lost_reason_id",), dates=DATES), LEADS, "pie"),
        ),
        (table("Reasons", "Lost Reason", "lost_reason_id"), table("Stages", "Lost In", "stage_id")),
        (table("Salespeople", "Salesperson", "user_id"), table("Sources", "Source", "source_id")),
        (
            Listing(
                "Biggest Lost Deals",
                LOST,
                (
                    Field("name", "Deal"),
                    PERSON,
                    WIDE_STAGE,
                    Field("lost_reason_id", "Lost Reason", span=4),
                    Field("date_closed", "Lost On", DAY, 3),
                    Field("expected_revenue", "Revenue", MONEY, 2),
                ),
                (("expected_revenue", False),),
                DATES,
                wide=True,
            ),
        ),
    ),
    period="last_12_months",
)
