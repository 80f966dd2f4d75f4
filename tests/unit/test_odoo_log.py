"""The log lines here are invented, in the form that Odoo 19's test runner writes."""

import pytest

from tools.odoo_log import parse

HEAD = "2026-01-05 10:00:00,123 4711"
UI = "odoo.addons.crm_x.tests.test_ui"
SUMMARY = f"{HEAD} INFO db odoo.tests.result: 0 failed, 0 error(s) of 3 tests when loading database 'db' "
ONE, TWO = "crm_x/tests/test_ui.py::TestUi.test_one", "crm_x/tests/test_ui.py::TestUi.test_two"


def log(*records, summary=True):
    lines = [f"{HEAD} {level} db {logger}: {message}" for level, logger, message in records]
    return "\n".join([*lines, *([SUMMARY] if summary else [])])


def started(test, logger=UI):
    return ("INFO", logger, f"Starting {test} ... ")


def test_started_and_nothing_else_is_passed():
    """A test of which nothing bad is said has passed, also one in a folder below `tests`."""
    results = parse(
        log(started("TestUi.test_one"), started("TestDeep.test_it", "odoo.addons.mail.tests.discuss.test_a"))
    )
    assert results.passed == {ONE, "mail/tests/discuss/test_a.py::TestDeep.test_it"}
    assert results.ok


@pytest.mark.parametrize("flavour", ["FAIL", "ERROR"])
def test_failure(flavour):
    """A failed test is not among the passed ones; its traceback's lines are none of the log's records."""
    text = log(
        started("TestUi.test_one"),
        ("ERROR", UI, f"{flavour}: TestUi.test_one\nTraceback:\n  File 'x.py'\nAssertionError: 1 != 2"),
        started("TestUi.test_two"),
    )
    results = parse(text)
    assert (results.passed, results.errors) == ({TWO}, ())
    assert results.failed == {ONE: "AssertionError: 1 != 2"}
    assert not results.ok


def test_failed_subtest_fails_its_test():
    """One subtest of many fails the whole test."""
    results = parse(
        log(
            started("TestUi.test_one"),
            ("ERROR", UI, "FAIL: Subtest TestUi.test_one (case=3) \nTraceback"),
        )
    )
    assert (results.passed, set(results.failed)) == (frozenset(), {ONE})


def test_first_try_at_a_lower_level():
    """What failed at first and is tried again is logged as information: it counts as passed."""
    results = parse(
        log(
            started("TestUi.test_one"),
            ("INFO", UI, "FAIL: TestUi.test_one"),
            started("TestUi.test_one"),
        )
    )
    assert results.passed == {ONE}
    assert results.ok


def test_skipped():
    """A skipped test neither passed nor failed; so does a class that its setUpClass skips."""
    results = parse(
        log(
            started("TestUi.test_one"),
            ("INFO", UI, "skipped TestUi.test_one : no browser"),
            ("INFO", "odoo.tests.suite", f"skipped setUpClass ({UI}.TestOther) : no network"),
        )
    )
    assert results.skipped == {ONE: "no browser", "crm_x/tests/test_ui.py::TestOther.setUpClass": "no network"}
    assert not results.passed
    assert results.ok


@pytest.mark.parametrize("step", ["setUpClass", "tearDownClass"])
def test_class_level_error_fails_all_of_the_class(step):
    """An error before or after a class leaves none of its tests passed, and no other class is touched."""
    results = parse(
        log(
            started("TestUi.test_one"),
            started("TestUiMore.test_one"),
            ("ERROR", "odoo.tests.suite", f"ERROR: {step} ({UI}.TestUi)\nTraceback"),
        )
    )
    assert set(results.failed) == {ONE, f"crm_x/tests/test_ui.py::TestUi.{step}"}
    assert results.passed == {"crm_x/tests/test_ui.py::TestUiMore.test_one"}


def test_error_outside_of_tests_makes_the_run_fail():
    """An error while modules load, before or after tests, fails a run of which every test passed."""
    text = log(
        ("ERROR", "odoo.sql_db", "bad query"),
        started("TestUi.test_one"),
        ("INFO", "odoo.modules.loading", "Loading module crm_y (3/5)"),
        ("CRITICAL", "odoo.modules.loading", "no model"),
    )
    results = parse(text)
    assert results.passed == {ONE}
    assert [error.rsplit(": ", 1)[1] for error in results.errors] == ["bad query", "no model"]
    assert not results.ok


def test_error_while_a_test_runs_is_the_tests():
    """What other code logs during a test is kept with the test; its own browser's lines belong to its failure."""
    text = log(
        started("TestUi.test_one"),
        ("ERROR", f"{UI}.TestUi.test_one.browser", "FAILED: step 3"),
        ("ERROR", UI, "FAIL: TestUi.test_one"),
        started("TestUi.test_two"),
        ("ERROR", "odoo.sql_db", "bad query"),
    )
    results = parse(text)
    assert results.errors == ()
    assert [test for test, _line in results.logged] == [TWO]


def test_log_that_breaks_off():
    """A server that dies during a test leaves that test failed, not passed."""
    results = parse(log(started("TestUi.test_one"), started("TestUi.test_two"), summary=False))
    assert (results.passed, set(results.failed)) == ({ONE}, {TWO})
    assert len(results.errors) == 1


def test_what_a_second_try_says():
    """A failure can be left aside as known, or turned into a success; the original stays as it was."""
    results = parse(
        log(
            started("TestUi.test_one"),
            ("ERROR", UI, "FAIL: TestUi.test_one"),
            started("TestUi.test_two"),
            ("ERROR", UI, "FAIL: TestUi.test_two"),
        )
    )
    later = results.without({ONE}).mended(TWO)
    assert (later.passed, later.failed) == ({TWO}, {})
    assert set(results.failed) == {ONE, TWO}


def test_nothing_ran():
    """An empty log is no success of anything, and no failure."""
    assert parse("").passed == frozenset()
    assert parse("").ok
