"""Forecast: expected money and number of deals, by month, stage and probability."""

from ..parts import (
    GREEN,
    LEADS,
    ORANGE,
    RED,
    REVENUE,
    WEIGHTED,
    Board,
    Chart,
    Listing,
    Pivot,
    Score,
    Table,
    Value,
)
from .common import AMOUNT, CLOSING, DEAL, DEAL_COLUMNS, OPEN_DEALS

DATES = "date_deadline"
CLOSING_DEALS = Pivot(OPEN_DEALS, dates=DATES)
PAST = (*OPEN_DEALS, ("date_deadline", "<", "today"))
UNDATED = (*OPEN_DEALS, ("date_deadline", "=", False))
FORECAST_MENU = "crm.crm_menu_forecast"


def by(field, order=None):
    return Pivot(OPEN_DEALS, (field,), dates=DATES, order=order)


FORECAST = Board(
    "forecast",
    scores=(
        Score("Deals to Close", Value(CLOSING_DEALS, LEADS), compare=False, menu=FORECAST_MENU),
        Score("Expected Revenue", Value(CLOSING_DEALS, REVENUE), compare=False, menu=FORECAST_MENU),
        Score("Weighted Revenue", Value(CLOSING_DEALS, WEIGHTED), GREEN, compare=False, menu=FORECAST_MENU),
        Score(
            "Closing Overdue",
            Value(Pivot(PAST), LEADS),
            RED,
            beside=Value(Pivot(PAST), REVENUE),
            beside_text="expected",
        ),
        Score(
            "Without Closing Date",
            Value(Pivot(UNDATED), LEADS),
            ORANGE,
            beside=Value(Pivot(UNDATED), REVENUE),
            beside_text="expected",
        ),
    ),
    rows=(
        (
            Chart(
                "Weighted Revenue by Month",
                Pivot(OPEN_DEALS, ("date_deadline:month", "stage_id"), dates=DATES),
                WEIGHTED,
                wide=True,
            ),
        ),
        (
            Table("Probability", "Probability", by("probability_band"), DEAL_COLUMNS, bar=1, lines=6),
            Table("Stages", "Stage", by("stage_id"), DEAL_COLUMNS, bar=1, lines=6),
        ),
        (
            Table("Salespeople", "Salesperson", by("user_id", WEIGHTED), DEAL_COLUMNS, bar=2),
            Table("Teams", "Sales Team", by("team_id", WEIGHTED), DEAL_COLUMNS, bar=2),
        ),
        (
            Listing(
                "Biggest Deals to Close",
                (*OPEN_DEALS, ("date_deadline", ">=", "today")),
                (DEAL, CLOSING, AMOUNT),
                (("expected_revenue", False),),
                DATES,
            ),
            Listing("Most Overdue Closing", PAST, (DEAL, CLOSING, AMOUNT), (("date_deadline", True),)),
        ),
    ),
    period="this_year",
)
