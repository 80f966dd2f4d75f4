"""Team Pipeline: who stands where, who is late, who is overloaded."""

from ..parts import (
    AGE,
    CLOSED,
    COUNT,
    DAYS,
    GREEN,
    IS_WON,
    LEADS,
    ORANGE,
    RED,
    REVENUE,
    WEIGHTED,
    WON,
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
from .common import DEAL_COLUMNS, OPEN_DEALS, PIPELINE_MENU, RESULT_COLUMNS, WIDE_STAGE
from .unattended import STATE_COLUMNS, UNATTENDED_LEADS

NOW = Pivot(OPEN_DEALS)
BY_PERSON = Pivot(OPEN_DEALS, ("user_id",), order=REVENUE)

TEAM_PIPELINE = Board(
    "team_pipeline",
    scores=(
        Score("Open Deals", Value(NOW, LEADS), menu=PIPELINE_MENU),
        Score(
            "Open Revenue",
            Value(NOW, REVENUE),
            beside=Value(NOW, WEIGHTED),
            beside_text="weighted",
            menu=PIPELINE_MENU,
        ),
        Score("Late Steps", Value(Pivot((*OPEN_DEALS, ("activity_state", "=", "overdue"))), LEADS), RED),
        Score("Unattended", Value(Pivot(UNATTENDED_LEADS), LEADS), ORANGE),
        Score("Won Revenue", Value(Pivot(WON, dates="date_closed"), REVENUE), GREEN),
    ),
    rows=(
        (Chart("Open Revenue by Salesperson", Pivot(OPEN_DEALS, ("user_id", "stage_id")), REVENUE, wide=True),),
        (
            Table("Open Deals by Salesperson", "Salesperson", BY_PERSON, DEAL_COLUMNS, bar=1),
            Table(
                "Results by Salesperson",
                "Salesperson",
                Pivot(CLOSED, ("user_id",), ("won_status",), "date_closed", REVENUE, order_at=IS_WON),
                RESULT_COLUMNS,
                bar=1,
            ),
        ),
        (
            Table("Teams", "Sales Team", Pivot(OPEN_DEALS, ("team_id",), order=REVENUE), DEAL_COLUMNS, 1, 8),
            Table(
                "Stages",
                "Stage",
                Pivot(OPEN_DEALS, ("stage_id",)),
                (Column("Deals", LEADS), Column("Revenue", REVENUE), Column("Days Open", AGE)),
                lines=8,
            ),
        ),
        (
            Listing(
                "Congested Stages",
                (("is_congested", "=", True),),
                (
                    Field("team_id", "Sales Team"),
                    WIDE_STAGE,
                    Field("open_count", "Open Now", COUNT, 3),
                    Field("most", "Usually at Most", COUNT, 3),
                    Field("open_days", "Half Stand for Days", DAYS, 4),
                    Field("days", "Usual Days", DAYS, 3),
                ),
                (("team_id", True),),
                model="crm.stage.usual",
                lines=8,
                wide=True,
                alarm=True,
            ),
        ),
        (
            Table(
                "Unattended by Salesperson",
                "Salesperson",
                Pivot(UNATTENDED_LEADS, ("user_id",), ("attention_state",), order=LEADS),
                STATE_COLUMNS,
                wide=True,
            ),
        ),
    ),
    period="last_90_days",
)
