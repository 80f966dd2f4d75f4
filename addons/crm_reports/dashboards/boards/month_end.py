"""Month End: result, forecast and lost reasons, by person and team."""

from ..parts import (
    ANY,
    CLOSED,
    DAY,
    DEALS,
    GREEN,
    IS_WON,
    LEADS,
    LOST,
    MONEY,
    ORANGE,
    RED,
    REVENUE,
    WON,
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
from .common import DEAL_COLUMNS, OPEN_DEALS, PERSON, RESULT_COLUMNS, SOURCE

DATES = "date_closed"
WON_DEALS = Pivot(WON, dates=DATES)


def results(title, label, field):
    return Table(
        title, label, Pivot(CLOSED, (field,), ("won_status",), DATES, REVENUE, order_at=IS_WON), RESULT_COLUMNS, bar=1
    )


MONTH_END = Board(
    "month_end",
    scores=(
        Score("Won Revenue", Value(WON_DEALS, REVENUE), GREEN),
        Score("Won Deals", Value(WON_DEALS, LEADS), GREEN),
        Score("Won Rate", Value(Pivot(CLOSED, dates=DATES), WON_RATE)),
        Score("Lost Revenue", Value(Pivot(LOST, dates=DATES), REVENUE), RED, less_is_better=True),
        Score("New Deals", Value(Pivot((ANY, DEALS), dates="create_date"), LEADS), ORANGE),
    ),
    rows=(
        (
            Chart("Won Revenue by Salesperson", Pivot(WON, ("user_id",), dates=DATES, order=REVENUE), REVENUE),
            Chart("Lost Revenue by Reason", Pivot(LOST, ("lost_reason_id",), dates=DATES), REVENUE, "pie"),
        ),
        (results("Salespeople", "Salesperson", "user_id"), results("Teams", "Sales Team", "team_id")),
        (
            Table(
                "Lost Reasons",
                "Lost Reason",
                Pivot(LOST, ("lost_reason_id",), dates=DATES, order=REVENUE),
                (Column("Lost", LEADS), Column("Revenue", REVENUE)),
                bar=1,
                lines=8,
            ),
            Table(
                "Still to Close in the Period",
                "Stage",
                Pivot(OPEN_DEALS, ("stage_id",), dates="date_deadline"),
                DEAL_COLUMNS,
                bar=1,
                lines=8,
            ),
        ),
        (
            Listing(
                "Won Deals",
                WON,
                (
                    Field("name", "Deal"),
                    PERSON,
                    Field("team_id", "Sales Team", span=4),
                    SOURCE,
                    Field("date_closed", "Won On", DAY, 3),
                    Field("expected_revenue", "Revenue", MONEY, 2),
                ),
                (("expected_revenue", False),),
                DATES,
                lines=15,
                wide=True,
            ),
        ),
    ),
    period="this_month",
)
