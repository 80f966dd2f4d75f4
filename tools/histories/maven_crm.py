"""An invented hardware seller's opportunities: agents, managers, regions, accounts, products.

The company and its deals are made up; its attributes say nothing about who wins.

- A deal is worth its product's list price: `close_value` is 0 for every lost deal and would
  tell the outcome.
- Lost deals stand in Engaging, where they were last. Those in Prospecting have no date yet;
  they count as created on the last day that the history knows.
"""

import re

from tools.histories.model import Account, History, Lead, Stage, Team, User
from tools.histories.tables import LEFT_EMPTY, LEFT_OUT, BadCell, optional, read

NAME = "maven_crm"
FILES = ("sales_pipeline.csv",)
PIPELINE = (
    "opportunity_id",
    "sales_agent",
    "product",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
)
ACCOUNTS = ("account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of")
PRODUCTS = ("product", "series", "sales_price")
TEAMS = ("sales_agent", "manager", "regional_office")
OUTCOMES = {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
STAGES = (Stage("Prospecting", 1), Stage("Engaging", 2))
SPELLINGS = {
    "technolgy": "Technology",
    "GTXPro": "GTX Pro",
    "Philipines": "Philippines",
    "Korea": "South Korea",
}


def read_history(folder):
    pipeline = read(
        folder / "sales_pipeline.csv",
        PIPELINE,
        essential=("opportunity_id", "deal_stage", "engage_date", "close_date"),
        key="opportunity_id",
    )
    accounts, account_errors = _accounts(folder)
    prices, price_errors = _prices(folder)
    users, teams, team_errors = _people(folder)
    known = {
        "account": {account.name: account.key for account in accounts},
        "product": prices,
        "sales_agent": {user.name: user.key for user in users if not user.leads_a_team},
    }
    leads, lead_errors = _leads(pipeline.rows, known, {member: team.key for team in teams for member in team.members})
    return History(
        NAME,
        leads,
        (*account_errors, *price_errors, *team_errors, *pipeline.errors, *lead_errors),
        users,
        teams,
        STAGES,
        accounts,
        account_country=("accounts.csv", "office_location"),
    )


def _accounts(folder):
    table = read(folder / "accounts.csv", ACCOUNTS, essential=("account",), key="account")
    accounts, errors = [], list(table.errors)
    for row in table.rows:
        employees = optional(row.decimal, "employees", errors)
        sector, country = row.text("sector"), row.text("office_location")
        accounts.append(
            Account(
                _slug(row.text("account")),
                row.text("account"),
                row.number,
                SPELLINGS.get(sector, sector.capitalize()),
                SPELLINGS.get(country, country),
                None if employees is None else int(employees),
            )
        )
    return tuple(accounts), errors


def _prices(folder):
    table = read(folder / "products.csv", PRODUCTS, essential=("product",), key="product")
    errors = list(table.errors)
    return {row.text("product"): optional(row.decimal, "sales_price", errors) or 0.0 for row in table.rows}, errors


def _people(folder):
    """Agents and managers as users, a team for each manager's agents in one office."""
    table = read(folder / "sales_teams.csv", TEAMS, essential=TEAMS, key="sales_agent")
    users, members = {}, {}
    errors = list(table.errors)
    for row in table.rows:
        try:
            team = row.required("regional_office"), row.required("manager")
        except BadCell as bad:
            errors.append(bad.error)
            continue
        for name, leads_a_team in ((team[1], True), (row.text("sales_agent"), False)):
            key = _slug(name)
            users.setdefault(key, User(key, name, f"{key.replace('_', '.')}@maven.example.com", leads_a_team))
        members.setdefault(team, []).append(_slug(row.text("sales_agent")))
    teams = tuple(
        Team(_slug(f"{office} {manager}"), f"{office} ({manager})", _slug(manager), tuple(agents))
        for (office, manager), agents in members.items()
    )
    return tuple(users.values()), teams, errors


def _leads(rows, known, team_of):
    dated, errors = [], []
    for row in rows:
        try:
            dated.append((row, *_outcome_and_dates(row)))
        except BadCell as bad:
            errors.append(bad.error)
    last_day = max((day for *_rest, created, closed in dated for day in (created, closed) if day), default=None)
    leads = []
    for row, outcome, created, closed in dated:
        if not (created or last_day):
            errors.append(row.error("engage_date", f"no row of the history has a date; {LEFT_OUT}"))
            continue
        user = _known(row, "sales_agent", known, errors)
        product = SPELLINGS.get(row.text("product"), row.text("product"))
        price = _known(row, "product", known, errors, product)
        leads.append(
            Lead(
                row.text("opportunity_id"),
                f"{row.text('account') or 'New account'}: {product or 'any product'}",
                row.number,
                outcome,
                created or last_day,
                closed,
                stage={"won": "", "lost": "Engaging", "open": row.text("deal_stage")}[outcome],
                user=user,
                team=team_of.get(user, ""),
                account=_known(row, "account", known, errors),
                revenue=price or 0.0,
                tags=(product,) if product else (),
            )
        )
    return tuple(sorted(leads, key=lambda lead: (lead.created, lead.row))), errors


def _outcome_and_dates(row):
    outcome = OUTCOMES.get(row.text("deal_stage"))
    if not outcome:
        raise row.bad("deal_stage", f"{row.text('deal_stage')!r} is no stage of this history; {LEFT_OUT}")
    created, closed = row.moment("engage_date"), row.moment("close_date")
    if outcome == "open":
        return outcome, created, None
    for column, day in (("engage_date", created), ("close_date", closed)):
        if not day:
            raise row.bad(column, f"a closed deal needs this date; {LEFT_OUT}")
    if closed < created:
        raise row.bad("close_date", f"{closed:%Y-%m-%d} lies before the engage date {created:%Y-%m-%d}; {LEFT_OUT}")
    return outcome, created, closed


def _known(row, column, known, errors, value=None):
    value = row.text(column) if value is None else value
    if value and value not in known[column]:
        errors.append(row.error(column, f"{value!r} is in none of the other files; {LEFT_EMPTY}"))
    return known[column].get(value, "")


def _slug(name):
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
