"""Lead Distribution: how leads are spread over teams and people."""

from ..parts import (
    ANY,
    DAY,
    GREEN,
    IS_LOST,
    IS_OPEN,
    IS_WON,
    LEADS,
    MONEY,
    OPEN,
    ORANGE,
    RED,
    REVENUE,
    TO_ASSIGN,
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
from .common import SOURCE, WIDE_STAGE

DATES = "date_open"
GIVEN = (ANY, ("user_id", "!=", False))
WAITING = (OPEN, ("user_id", "=", False))
COLUMNS = (
    Column("Given", LEADS),
    Column("Revenue", REVENUE),
    Column("Open", LEADS, IS_OPEN),
    Column("Won", LEADS, IS_WON),
    Column("Lost", LEADS, IS_LOST),
    Column("Won Rate", WON_RATE),
    Column("Days to Give", TO_ASSIGN),
)
FEW_COLUMNS = (Column("Given", LEADS), Column("Revenue", REVENUE), Column("Won Rate", WON_RATE))


def by(field, *columns):
    return Pivot(GIVEN, (field,), columns, DATES, LEADS)


DISTRIBUTION = Board(
    "distribution",
    scores=(
        Score("New Leads", Value(Pivot((ANY,), dates="create_date"), LEADS)),
        Score("Given", Value(Pivot(GIVEN, dates=DATES), LEADS), GREEN),
        Score("Revenue Given", Value(Pivot(GIVEN, dates=DATES), REVENUE), GREEN),
        Score("Days to Give", Value(Pivot(GIVEN, dates=DATES), TO_ASSIGN), ORANGE, less_is_better=True),
        Score(
            "Without Salesperson",
            Value(Pivot(WAITING), LEADS),
            RED,
            beside=Value(Pivot(WAITING), REVENUE),
            beside_text="waiting",
        ),
    ),
    rows=(
        (Chart("Given by Salesperson", Pivot(GIVEN, ("user_id", "won_status"), dates=DATES), LEADS, wide=True),),
        (Table("Salespeople", "Salesperson", by("user_id", "won_status"), COLUMNS, lines=15, wide=True),),
        (
            Table("Teams", "Sales Team", by("team_id"), FEW_COLUMNS, lines=8),
            Table("Sources", "Source", by("source_id"), FEW_COLUMNS, lines=8),
        ),
        (
            Listing(
                "Waiting for a Salesperson",
                WAITING,
                (
                    Field("name", "Lead"),
                    Field("team_id", "Sales Team", span=4),
                    WIDE_STAGE,
                    SOURCE,
                    Field("create_date", "Since", DAY, 3),
                    Field("expected_revenue", "Revenue", MONEY, 2),
                ),
                (("create_date", True),),
                wide=True,
            ),
        ),
    ),
    period="last_90_days",
)
