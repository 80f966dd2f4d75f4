"""What several boards show."""

from ..parts import DAY, DEALS, IS_WON, LEADS, MONEY, OPEN, REVENUE, WEIGHTED, WON_RATE, Column, Field

OPEN_DEALS = (DEALS, OPEN)
PIPELINE_MENU = "crm.menu_crm_opportunities"

DEAL_COLUMNS = (Column("Deals", LEADS), Column("Revenue", REVENUE), Column("Weighted", WEIGHTED))
# of pivots that have `won_status` as their columns
RESULT_COLUMNS = (
    Column("Won", LEADS, IS_WON),
    Column("Won Revenue", REVENUE, IS_WON),
    Column("Won Rate", WON_RATE),
)
DEAL = Field("name", "Deal")
STAGE = Field("stage_id", "Stage")
WIDE_STAGE = Field("stage_id", "Stage", span=3)
PERSON = Field("user_id", "Salesperson", span=4)
SOURCE = Field("source_id", "Source", span=3)
AMOUNT = Field("expected_revenue", "Revenue", MONEY)
CLOSING = Field("date_deadline", "Closing", DAY)
