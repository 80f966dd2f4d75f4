"""Pipeline: what is open, what came of it."""

from ..parts import (
    ANY,
    CLOSED,
    DEALS,
    GREEN,
    LEADS,
    ORANGE,
    REVENUE,
    WEIGHTED,
    WON,
    WON_RATE,
    Board,
    Chart,
    Listing,
    Pivot,
    Score,
    Table,
    Value,
)
from .common import AMOUNT, CLOSING, DEAL, DEAL_COLUMNS, OPEN_DEALS, PIPELINE_MENU, STAGE

NOW = Pivot(OPEN_DEALS)
WON_DEALS = Pivot(WON, dates="date_closed")

PIPELINE = Board(
    "pipeline",
    scores=(
        Score("Open Deals", Value(NOW, LEADS), menu=PIPELINE_MENU),
        Score(
            "Open Revenue",
            Value(NOW, REVENUE),
            beside=Value(NOW, WEIGHTED),
            beside_text="weighted",
            menu=PIPELINE_MENU,
        ),
        Score("New Deals", Value(Pivot((ANY, DEALS), dates="create_date"), LEADS), ORANGE),
        Score("Won Revenue", Value(WON_DEALS, REVENUE), GREEN),
        Score("Won Rate", Value(Pivot(CLOSED, dates="date_closed"), WON_RATE), GREEN),
    ),
    rows=(
        (
            Chart("Open Revenue by Stage", Pivot(OPEN_DEALS, ("stage_id",)), REVENUE),
            Chart("Won Revenue by Month", Pivot(WON, ("date_closed:month",), dates="date_closed"), REVENUE, "line"),
        ),
        (
            Table("Stages", "Stage", Pivot(OPEN_DEALS, ("stage_id",)), DEAL_COLUMNS, bar=1, lines=8),
            Table("Sources", "Source", Pivot(OPEN_DEALS, ("source_id",), order=REVENUE), DEAL_COLUMNS, 1, 8),
        ),
        (
            Listing("Biggest Open Deals", OPEN_DEALS, (DEAL, STAGE, AMOUNT), (("expected_revenue", False),)),
            Listing(
                "Closing Next",
                (*OPEN_DEALS, ("date_deadline", ">=", "today")),
                (DEAL, CLOSING, AMOUNT),
                (("date_deadline", True),),
            ),
        ),
    ),
    period="last_12_months",
)
