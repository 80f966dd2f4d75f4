"""A view's domain as the web client keeps it: literals, relative dates, `uid`, `context_today()`.

It is text that a person may have written, and it is evaluated in a job: only what such domains need is let through.
"""

import ast
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytz
from dateutil.relativedelta import relativedelta

LONGEST = 20000
ALLOWED = (
    ast.Expression, ast.List, ast.Tuple, ast.Constant, ast.Name, ast.Load, ast.Attribute, ast.Call, ast.keyword,
    ast.UnaryOp, ast.USub, ast.UAdd, ast.BinOp, ast.Add, ast.Sub,
)  # fmt: skip
NAMES = frozenset(
    ("uid", "context_today", "relativedelta", "datetime", "time", "today", "now", "current_date", "allowed_company_ids",
     "company_ids", "company_id", "current_company_id", "true", "false", "none")
)  # fmt: skip
ATTRIBUTES = frozenset(
    ("date", "datetime", "time", "timedelta", "combine", "now", "today", "strftime", "to_utc", "replace", "year",
     "month", "day", "relativedelta")
)  # fmt: skip


class WrongDomain(ValueError):
    """A domain that is not one."""


class Moment(datetime):
    """A moment in a person's time zone that can be told in UTC, as the web client's can."""

    zone = pytz.utc

    def to_utc(self):
        naive = datetime(self.year, self.month, self.day, self.hour, self.minute, self.second)
        return self.zone.localize(naive).astimezone(pytz.utc).replace(tzinfo=None)


def check(text):
    """:raise WrongDomain: where a domain holds anything but what a domain needs"""
    if len(text) > LONGEST:
        raise WrongDomain("too long")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise WrongDomain(str(error)) from error
    if not isinstance(tree.body, ast.List):
        raise WrongDomain("not a list")
    for node in ast.walk(tree):
        is_let_through = (
            isinstance(node, ALLOWED)
            and (not isinstance(node, ast.Name) or node.id in NAMES)
            and (not isinstance(node, ast.Attribute) or node.attr in ATTRIBUTES)
        )
        if not is_let_through:
            raise WrongDomain(ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__)


def names(moment, zone, user_id, company_id, company_ids):
    """What the names in a domain mean for a person at a moment.

    :param datetime moment: in UTC, without zone
    :param zone: the person's time zone
    """
    here = pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)
    kind = type("Moment", (Moment,), {"zone": zone, "now": classmethod(lambda cls: cls(*here.timetuple()[:6]))})
    day = here.date()
    days = SimpleNamespace(
        date=SimpleNamespace(today=lambda: day),
        datetime=kind,
        time=time,
        timedelta=timedelta,
        relativedelta=relativedelta,
    )
    return {
        "uid": user_id,
        "context_today": lambda: date(day.year, day.month, day.day),
        "relativedelta": relativedelta,
        "datetime": days,
        "time": SimpleNamespace(strftime=here.strftime),
        "today": day.isoformat(),
        "current_date": day.isoformat(),
        "now": here.strftime("%Y-%m-%d %H:%M:%S"),
        "allowed_company_ids": list(company_ids),
        "company_ids": list(company_ids),
        "company_id": company_id,
        "current_company_id": company_id,
        "true": True,
        "false": False,
        "none": None,
    }


def used_fields(domain):
    """:return: the paths of fields that an evaluated domain names, those of domains inside it left out"""
    return [
        leaf[0] for leaf in domain if isinstance(leaf, list | tuple) and len(leaf) == 3 and isinstance(leaf[0], str)
    ]
