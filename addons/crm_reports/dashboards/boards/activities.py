"""Activities: what was done, what is late, and what came of it."""

from ..parts import (
    ANY,
    CLOSED,
    COUNT,
    DAY,
    GREEN,
    IS_LOST,
    IS_OPEN,
    IS_WON,
    LEADS,
    MONEY,
    OPEN,
    RED,
    REVENUE,
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
from .common import PERSON, RESULT_COLUMNS, WIDE_STAGE

REPORT, DATES = "crm.activity.report", "date"
MENU = "crm.crm_activity_report_menu"
REACHED = Measure("lead_id", "count_distinct", COUNT)
LATE = (OPEN, ("activity_state", "=", "overdue"))
COLUMNS = (Column("Done", LEADS), Column("Leads", REACHED))


def done(*leaves, rows=(), columns=(), order=None):
    return Pivot((ANY, *leaves), rows, columns, dates=DATES, order=order, model=REPORT)


def category(name):
    return ("mail_activity_type_id.category", "=", name)


ACTIVITIES = Board(
    "activities",
    scores=(
        Score("Activities Done", Value(done(), LEADS), menu=MENU),
        Score("Leads Dealt With", Value(done(), REACHED), menu=MENU),
        Score("Calls", Value(done(category("phonecall")), LEADS), GREEN, menu=MENU),
        Score("Meetings", Value(done(category("meeting")), LEADS), GREEN, menu=MENU),
        Score("Late Steps", Value(Pivot(LATE), LEADS), RED),
    ),
    rows=(
        (Chart("Activities by Month", done(rows=("date:month", "mail_activity_type_id")), LEADS, wide=True),),
        (
            Table("Types", "Activity Type", done(rows=("mail_activity_type_id",), order=LEADS), COLUMNS),
            Table("Salespeople", "Salesperson", done(rows=("user_id",), order=LEADS), COLUMNS),
        ),
        (
            Table(
                "Activities by Result",
                "Salesperson",
                done(rows=("user_id",), columns=("won_status",), order=LEADS),
                (Column("On Won", LEADS, IS_WON), Column("On Lost", LEADS, IS_LOST), Column("On Open", LEADS, IS_OPEN)),
            ),
            Table(
                "Results",
                "Salesperson",
                Pivot(CLOSED, ("user_id",), ("won_status",), "date_closed", REVENUE, order_at=IS_WON),
                RESULT_COLUMNS,
                bar=1,
            ),
        ),
        (
            Listing(
                "Late Steps of the Biggest Deals",
                LATE,
                (
                    Field("name", "Deal"),
                    PERSON,
                    WIDE_STAGE,
                    Field("activity_summary", "Next Step", span=5),
                    Field("activity_date_deadline", "Due", DAY, 2),
                    Field("expected_revenue", "Revenue", MONEY, 2),
                ),
                (("expected_revenue", False),),
                wide=True,
            ),
        ),
    ),
    period="last_90_days",
)
