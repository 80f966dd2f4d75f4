from datetime import datetime

import pytest
from crm_reseller.pipeline.allowed import READ, WRITTEN
from crm_reseller.pipeline.asked import CARDS, Asked, asked, cell, more_of, number
from crm_reseller.pipeline.times import proposed


def test_nonsense_is_passed_over():
    """An address that nobody could mean asks for the open leads, as the board shows them first."""
    entries = {"view": "x", "filterby": "1=1", "sortby": "probability desc", "stage": "1;--", "more": "ax3.2x-1..x"}
    assert asked(entries, "z") == Asked()


def test_what_is_asked():
    """What the pages' own links ask for is understood."""
    entries = {
        "view": "list",
        "filterby": "won",
        "sortby": "revenue",
        "stage": "7",
        "search": " it ",
        "more": "3x40",
    }
    wanted = asked(entries, 2)
    assert wanted == Asked("list", "it", "won", "revenue", 7, 2, {3: 40})
    assert wanted.cards(3) == 40
    assert wanted.cards(4) == CARDS


def test_more():
    """One more batch of a stage, and as many as before of the others."""
    wanted = Asked(more={3: 40})
    assert asked({"more": more_of(wanted, 4)}).more == {3: 40, 4: 2 * CARDS}


@pytest.mark.parametrize("text", ["", None, "0", "-1", "1.5", "²", "99999999999", str(2**31)])
def test_no_number(text):
    """What can't be a record's number is 0."""
    assert number(text) == 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"])
def test_formulas(text):
    """Text that a spreadsheet would run begins with an apostrophe; all else is as it is."""
    assert cell(text) == "'" + text
    assert (cell("Pumps"), cell(-5), cell(False)) == ("Pumps", -5, False)


def test_allow_list():
    """What a partner writes he reads; notes, scores, tags and other partners are in neither."""
    assert WRITTEN <= READ
    assert not READ & {"description", "probability", "win_score", "tag_ids", "partner_declined_ids", "activity_ids"}


NOW = datetime(2026, 3, 10, 9)


def test_proposed_times():
    """Local times become moments, in order and each once; what is empty is passed over."""
    texts = ["2026-07-01T10:00", "", " 2026-03-11T10:30:59 ", "2026-03-11T10:30"]
    assert proposed(texts, "Europe/Brussels", NOW) == ([datetime(2026, 3, 11, 9, 30), datetime(2026, 7, 1, 8)], "")


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ([], "none"),
        (["  "], "none"),
        (["2026-03-12T10:00", "2026-03-10T10:00"], "past"),
        (["2026-03-29T02:30"], "unreadable"),  # the clock is put forward
        (["2026-04-01"], "unreadable"),
        (["2026-04-01T10:30+02:00", "10:30"], "unreadable"),
        (["2027-03-12T10:00"], "far"),
        (["9999-12-31T23:59"], "far"),
        (["0001-01-01T00:00"], "unreadable"),
    ],
)
def test_bad_times(texts, wrong):
    """One time that is no good is enough to refuse all."""
    assert proposed(texts, "Europe/Brussels", NOW) == ([], wrong)


def test_the_hour_that_comes_twice():
    """It is the first of both."""
    assert proposed(["2026-10-25T02:30"], "Europe/Brussels", NOW) == ([datetime(2026, 10, 25, 0, 30)], "")
