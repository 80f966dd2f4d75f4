"""Sellers who asked to join a Brazilian marketplace: first contact, and the day they signed.

- Nothing says when a lead was lost. After 167 days, as long as the youngest lead was watched,
  one that has not signed counts as lost on that day. The 77 that signed later than that are
  won on the day they signed: `day_close` tells them apart.
- All else in the file of closed deals (who closed it, segment, behaviour) exists for won leads
  only, would tell the outcome, and is not read.
"""

from datetime import timedelta

from tools.base import Trouble
from tools.histories.model import History, Lead
from tools.histories.tables import LEFT_OUT, BadCell, read

NAME = "olist_funnel"
LEADS_FILE, DEALS_FILE = "olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv"
FILES = (LEADS_FILE, DEALS_FILE)
LOST_AFTER = timedelta(days=167)
MIDNIGHT = 3  # in São Paulo, as the won dates have it too
LEADS = ("mql_id", "first_contact_date", "landing_page_id", "origin")
DEALS = (
    "mql_id",
    "won_date",
    "seller_id",
    "sdr_id",
    "sr_id",
    "business_segment",
    "lead_type",
    "lead_behaviour_profile",
    "has_company",
    "has_gtin",
    "average_stock",
    "business_type",
    "declared_product_catalog_size",
    "declared_monthly_revenue",
)
NOT_ANSWERED = {"", "nan", "unknown"}


def read_history(folder):
    table = read(folder / LEADS_FILE, LEADS, essential=("mql_id", "first_contact_date"), key="mql_id")
    deals = read(folder / DEALS_FILE, DEALS, essential=("mql_id", "won_date"), key="mql_id")
    if not deals.rows:
        raise Trouble(f"{DEALS_FILE} can't be used, so nothing tells which leads were won: {deals.errors[0]}.")
    errors = [*table.errors, *deals.errors]
    won, unclear = _won_dates(deals, {row.text("mql_id") for row in table.rows}, errors)
    leads = []
    for row in table.rows:
        try:
            lead = _lead(row, won, unclear, errors)
        except BadCell as bad:
            errors.append(bad.error)
        else:
            leads.append(lead)
    return History(NAME, tuple(sorted(leads, key=lambda lead: (lead.created, lead.row))), tuple(errors))


def _won_dates(deals, known, errors):
    """{lead: (row, won date)}, and the leads that were won on a day that can't be read."""
    won, unclear = {}, set(deals.spoilt)
    for row in deals.rows:
        key = row.text("mql_id")
        if key not in known:
            errors.append(row.error("mql_id", f"{key!r} is not among the leads; {LEFT_OUT}"))
            continue
        try:
            row.required("won_date")
            won[key] = row, row.moment("won_date")
        except BadCell as bad:
            errors.append(bad.error)
            unclear.add(key)
    return won, unclear


def _lead(row, won, unclear, errors):
    key = row.text("mql_id")
    row.required("first_contact_date")
    created = row.moment("first_contact_date").replace(hour=MIDNIGHT)
    if key in unclear:
        raise row.bad("", f"was won on a day that can't be read; {LEFT_OUT}")
    outcome, closed = "lost", created + LOST_AFTER
    if key in won:
        deal, closed = won[key]
        outcome = "won"
        if closed.date() < created.date():
            said = f"{closed:%Y-%m-%d} lies before the first contact on {created:%Y-%m-%d}"
            errors.append(deal.error("won_date", f"{said}; taken as won on the day of contact"))
        closed = max(closed, created)
    return Lead(
        key,
        f"Seller {key[:8]}",
        row.number,
        outcome,
        created,
        closed,
        source=_answer(row, "origin").replace("_", " ").capitalize(),
        campaign=_landing_page(row),
    )


def _landing_page(row):
    page = _answer(row, "landing_page_id")
    return f"Landing page {page}" if page else ""


def _answer(row, column):
    value = row.text(column)
    return "" if value.casefold() in NOT_ANSWERED else value
