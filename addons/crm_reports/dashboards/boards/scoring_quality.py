"""Scoring Quality: whether leads with a high score are those that are won. For the addon that brings scores in."""

from ..parts import (
    BLUE,
    CLOSED,
    GREEN,
    LEADS,
    LOST,
    MONEY,
    NUMBER,
    OPEN,
    ORANGE,
    REVENUE,
    WON,
    WON_RATE,
    Board,
    Chart,
    Column,
    Field,
    Listing,
    Measure,
    Pivot,
    Score,
    Table,
    Value,
)
from .common import PERSON, WIDE_STAGE

DATES = "date_closed"
SCORED = ("win_score_band", "!=", False)
OPEN_SCORED = (OPEN, SCORED)
CLOSED_SCORED = (*CLOSED, SCORED)
SCORE = Measure("win_score", "avg", NUMBER)
POINTS = Measure("rule_score", "avg", NUMBER)
NOW = Pivot(OPEN_SCORED)
CLOSED_COLUMNS = (Column("Closed", LEADS), Column("Score", SCORE), Column("Won Rate", WON_RATE))
SHOWN = (
    Field("name", "Lead"),
    PERSON,
    WIDE_STAGE,
    Field("win_score_band", "Band"),
    Field("win_score", "Score", NUMBER),
    Field("rule_score", "Points", NUMBER),
    Field("expected_revenue", "Revenue", MONEY),
)


def closed(field, order=LEADS):
    return Pivot(CLOSED_SCORED, (field,), dates=DATES, order=order)


SCORING_QUALITY = Board(
    "scoring_quality",
    scores=(
        Score("Scored Leads", Value(NOW, LEADS)),
        Score("Average Score", Value(NOW, SCORE), BLUE),
        Score("Score of Won Deals", Value(Pivot((*WON, SCORED), dates=DATES), SCORE), GREEN),
        Score("Score of Lost Deals", Value(Pivot((*LOST, SCORED), dates=DATES), SCORE), ORANGE, less_is_better=True),
        Score("Won Rate", Value(Pivot(CLOSED_SCORED, dates=DATES), WON_RATE), GREEN),
    ),
    rows=(
        (
            Chart("Open Leads by Band", Pivot(OPEN_SCORED, ("win_score_band",)), LEADS),
            Table(
                "Open Bands",
                "Band",
                Pivot(OPEN_SCORED, ("win_score_band",)),
                (Column("Leads", LEADS), Column("Score", SCORE), Column("Points", POINTS), Column("Revenue", REVENUE)),
                lines=4,
            ),
        ),
        (Listing("Best Open Leads", OPEN_SCORED, SHOWN, (("win_score", False),), wide=True),),
        (
            Chart("Closed Leads by Band", Pivot(CLOSED_SCORED, ("win_score_band", "won_status"), dates=DATES), LEADS),
            Table("Score Against Result", "Band", closed("win_score_band", None), CLOSED_COLUMNS, lines=4),
        ),
        (
            Table("Teams", "Sales Team", closed("team_id"), CLOSED_COLUMNS, lines=8),
            Table("Sources", "Source", closed("source_id"), CLOSED_COLUMNS, lines=8),
        ),
        (Listing("Lost With a High Score", (*LOST, SCORED), SHOWN, (("win_score", False),), DATES, wide=True),),
    ),
    period="last_12_months",
    addon="crm_reports_scoring",
)
