"""A domain as the web client keeps it: what is let through, and what its names mean."""

from datetime import datetime

import pytest
import pytz
from crm_reports.view_mail.domain import WrongDomain, check, names, used_fields

# what strftime asks for by itself
BUILTINS = {"__builtins__": {"__import__": __import__}}

GOOD = [
    "[]",
    "[('user_id', '=', uid), ('date_deadline', '<', 'today'), ('create_date', '>=', '-7d')]",
    '["&", ["a", "=", true], ["b", ">=", context_today().strftime("%Y-%m-%d")]]',
    "[('d', '>', (context_today() - relativedelta(days=30)).strftime('%Y-%m-%d'))]",
    "[('d', '>', datetime.datetime.combine(context_today() + relativedelta(days=-1), datetime.time(0,0,0)).to_utc())]",
    "[('d', '<', datetime.datetime.now() - datetime.timedelta(days=7)), ('company_id', 'in', allowed_company_ids)]",
]
BAD = [
    "", "{}", "1", "[", "[(", "[x for x in (1, 2)]", "[9**9**9]", "[1 * 2]", "[(lambda: 1)()]", "[uid.__class__]",
    "[open('x')]", "[().__class__.__bases__]", "[f'{uid}']", "[__import__('os')]", "[datetime.sys]", "[env]",
    "[a := 1]", "[1 if uid else 2]", "['x' % uid]", "[" * 3000, f"['{'a' * 20001}']",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_good(text):
    """What Odoo's own filters hold is let through and can be evaluated."""
    check(text)
    moment = datetime(2026, 3, 28, 23, 30)
    known = names(moment, pytz.timezone("Europe/Budapest"), 7, 1, [1, 2])
    assert isinstance(eval(text, BUILTINS, known), list)


@pytest.mark.parametrize("text", BAD)
def test_bad(text):
    """Anything else is refused before it is evaluated."""
    with pytest.raises(WrongDomain):
        check(text)


def test_zone():
    """The day is the person's: half past eleven in the evening UTC is tomorrow in Budapest, and told in UTC again."""
    known = names(datetime(2026, 3, 28, 23, 30), pytz.timezone("Europe/Budapest"), 7, 1, [1])
    assert known["today"] == "2026-03-29"
    [leaf] = eval(GOOD[4].replace("days=-1", "days=0"), BUILTINS, known)
    assert leaf[2] == datetime(2026, 3, 28, 23, 0)


def test_used_fields():
    """The fields that a domain names."""
    assert used_fields(["|", ("a.b", "=", 1), ["c", "in", [1]]]) == ["a.b", "c"]
