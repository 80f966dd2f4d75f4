"""Unattended Leads: those whose attention state says so, and no others."""

from ..parts import (
    BLUE,
    DAY,
    LEADS,
    MONEY,
    ORANGE,
    RED,
    REVENUE,
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

STATES = ("waiting_for_us", "overdue", "no_next_step", "stalled")
UNATTENDED_LEADS = (("attention_state", "in", STATES),)
DATES = "attention_since"
BY_STATE = Pivot(UNATTENDED_LEADS, columns=("attention_state",), dates=DATES)
ALL = Pivot(UNATTENDED_LEADS, dates=DATES)
MENU = "crm.crm_menu_leads"


def state(name):
    return (("attention_state", name),)


STATE_COLUMNS = (
    Column("Unattended", LEADS),
    Column("Waiting", LEADS, state("waiting_for_us")),
    Column("Overdue", LEADS, state("overdue")),
    Column("No Step", LEADS, state("no_next_step")),
    Column("Stalled", LEADS, state("stalled")),
    Column("Revenue", REVENUE),
)


def score(title, name, background):
    return Score(title, Value(BY_STATE, LEADS, state(name)), background, compare=False)


def by(field, *columns):
    return Pivot(UNATTENDED_LEADS, (field,), columns, DATES, LEADS)


UNATTENDED = Board(
    "unattended",
    scores=(
        Score("Unattended", Value(ALL, LEADS), RED, beside=Value(ALL, REVENUE), beside_text="at stake"),
        score("Customer Is Waiting", "waiting_for_us", RED),
        score("Step Overdue", "overdue", ORANGE),
        score("No Next Step", "no_next_step", ORANGE),
        score("Stalled", "stalled", BLUE),
    ),
    rows=(
        (
            Chart(
                "Unattended by Salesperson",
                Pivot(UNATTENDED_LEADS, ("user_id", "attention_state"), dates=DATES),
                LEADS,
                wide=True,
            ),
        ),
        (Table("Salespeople", "Salesperson", by("user_id", "attention_state"), STATE_COLUMNS, wide=True),),
        (
            Table("Teams", "Sales Team", by("team_id"), (Column("Leads", LEADS), Column("Revenue", REVENUE)), lines=8),
            Table("Stages", "Stage", by("stage_id"), (Column("Leads", LEADS), Column("Revenue", REVENUE)), lines=8),
        ),
        (
            Listing(
                "Longest Unattended",
                UNATTENDED_LEADS,
                (
                    Field("name", "Lead"),
                    PERSON,
                    WIDE_STAGE,
                    Field("attention_state", "State", span=4),
                    Field("attention_since", "Since", DAY, 3),
                    Field("expected_revenue", "Revenue", MONEY, 2),
                ),
                (("attention_since", True),),
                DATES,
                lines=15,
                wide=True,
            ),
        ),
    ),
)
