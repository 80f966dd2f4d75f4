"""Leads of an online school: where they came from, what they looked at, who converted.

- The file has no dates. Lead numbers rise with time, so the leads are put in that order, an
  hour apart, beginning on 1 January 2023, and each is decided 30 days later. These dates are
  made up: they carry the order and nothing else.
- `Select` is the form's unanswered question.
- Columns that the salesperson filled in after talking to the lead (Tags, Lead Quality, Lead
  Profile, the last activities, the Asymmetrique ones) tell the outcome and are not read.
"""

from datetime import datetime, timedelta

from tools.histories.model import History, Lead, Property, Team
from tools.histories.tables import LEFT_OUT, BadCell, optional, read

NAME = "x_education"
FILES = ("leads.csv",)
FIRST, APART, DECIDED_AFTER = datetime(2023, 1, 1), timedelta(hours=1), timedelta(days=30)
ESSENTIAL = ("Lead Number", "Converted")
NUMBERS = {
    "TotalVisits": Property("total_visits", "Total visits", "float"),
    "Total Time Spent on Website": Property("time_on_site", "Time on website (seconds)", "float"),
    "Page Views Per Visit": Property("page_views_per_visit", "Page views per visit", "float"),
}
TAGS = ("Specialization", "What is your current occupation")
READ = (*ESSENTIAL, "Lead Origin", "Lead Source", "Country", "City", *NUMBERS, *TAGS)
TELLS_THE_OUTCOME = (
    "Tags",
    "Lead Quality",
    "Lead Profile",
    "Last Activity",
    "Last Notable Activity",
    "Asymmetrique Activity Index",
    "Asymmetrique Profile Index",
    "Asymmetrique Activity Score",
    "Asymmetrique Profile Score",
)
NOT_MAPPED = (
    "Prospect ID",
    "Do Not Email",
    "Do Not Call",
    "How did you hear about X Education",
    "What matters most to you in choosing a course",
    "Search",
    "Magazine",
    "Newspaper Article",
    "X Education Forums",
    "Newspaper",
    "Digital Advertisement",
    "Through Recommendations",
    "Receive More Updates About Our Courses",
    "Update me on Supply Chain Content",
    "Get updates on DM Content",
    "I agree to pay the amount through cheque",
    "A free copy of Mastering The Interview",
)
NOT_ANSWERED = {"", "select", "unknown", "asia/pacific region"}
SPELLINGS = {"google": "Google", "bing": "Bing", "Russia": "Russian Federation"}
TEAM = Team("admissions", "X Education Admissions", properties=tuple(NUMBERS.values()))


def read_history(folder):
    table = read(
        folder / "leads.csv",
        (*READ, *TELLS_THE_OUTCOME, *NOT_MAPPED),
        essential=ESSENTIAL,
        key="Lead Number",
    )
    numbered, errors = [], list(table.errors)
    for row in table.rows:
        try:
            numbered.append((_lead_number(row), row, _outcome(row)))
        except BadCell as bad:
            errors.append(bad.error)
    numbered.sort(key=lambda entry: (entry[0], entry[1].number))
    leads = tuple(
        _lead(row, number, outcome, FIRST + APART * place, errors)
        for place, (number, row, outcome) in enumerate(numbered)
    )
    return History(NAME, leads, tuple(errors), teams=(TEAM,), lead_country=("leads.csv", "Country"))


def _lead_number(row):
    value = row.text("Lead Number")
    if not (value.isascii() and value.isdecimal()):
        raise row.bad("Lead Number", f"{value!r} is no whole number; {LEFT_OUT}")
    return int(value)


def _outcome(row):
    value = row.text("Converted")
    if value not in ("0", "1"):
        raise row.bad("Converted", f"{value!r} is neither 0 nor 1; {LEFT_OUT}")
    return "won" if value == "1" else "lost"


def _lead(row, number, outcome, created, errors):
    numbers = ((known.name, optional(row.decimal, column, errors)) for column, known in NUMBERS.items())
    return Lead(
        str(number),
        f"Lead {number}",
        row.number,
        outcome,
        created,
        created + DECIDED_AFTER,
        team=TEAM.key,
        source=_answer(row, "Lead Source"),
        medium=_answer(row, "Lead Origin"),
        country=_answer(row, "Country"),
        city=_answer(row, "City"),
        tags=tuple(dict.fromkeys(filter(None, (_answer(row, column) for column in TAGS)))),
        properties=tuple((name, value) for name, value in numbers if value is not None),
    )


def _answer(row, column):
    value = row.text(column)
    return "" if value.casefold() in NOT_ANSWERED else SPELLINGS.get(value, value)
