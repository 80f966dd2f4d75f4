import pytest
from crm_reseller.pipeline.allowed import READ, WRITTEN
from crm_reseller.pipeline.asked import CARDS, Asked, asked, cell, more_of, number


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
