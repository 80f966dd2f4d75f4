import pytest

from tools import rows
from tools.rows import Row

ONE, TWO = "crm_x/tests/test_one.py::TestOne.test_a", "tests/e2e/test_story.py::test_b"


@pytest.fixture
def top(tmp_path):
    """A checkout with one test of Odoo's kind and one of pytest's."""
    files = {
        "addons/crm_x/tests/test_one.py": '@tagged("ui", "browser")\nclass TestOne:\n    def test_a(self): ...\n',
        "addons/crm_x/tests/test_two.py": "class TestTwo:\n    def test_a(self): ...\n    def helper(self): ...\n",
        "tests/e2e/test_story.py": "def test_b(): ...\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def mission(**changed):
    """Every row of the mission without a test, but for those given."""
    plain = {key: Row(key, "a text", "salesperson", ("crm_x",)) for key in rows.IDS}
    return (*({**plain, **changed}).values(),)


def row(key, **values):
    return Row(key, "a text", "salesperson", ("crm_x",), **values)


def test_a_row_counts_when_all_its_tests_passed(top):
    """One test of two that passed is not enough."""
    asked = mission(F1=row("F1", tests=(ONE, TWO)), F2=row("F2", tests=(ONE,)))
    report = rows.report({ONE}, asked, top)
    assert (report.counted, report.total) == (1, 55)
    assert {one.id: why for one, why in report.reasons}["F1"] == f"not passed: {TWO}"
    assert rows.report({ONE, TWO}, asked, top).counted == 2


def test_what_is_missing_keeps_a_row_from_counting(top):
    """A row whose tests pass but of which a part is not built yet does not count, and says which part."""
    report = rows.report({ONE}, mission(F1=row("F1", tests=(ONE,), missing="the undo")), top)
    assert report.counted == 0
    assert report.reasons[0][1] == "missing: the undo"


def test_a_row_without_tests_never_counts(top):
    """No tests, no row, whatever passed."""
    assert rows.report({ONE, TWO}, mission(), top).counted == 0


@pytest.mark.parametrize(
    "test",
    [
        "crm_x/tests/test_one.py::TestOne.test_z",
        "crm_x/tests/test_two.py::TestTwo.helper",
        "crm_x/tests/test_none.py::TestOne.test_a",
        "tests/e2e/test_story.py::test_z",
        "crm_x/tests/test_one.py",
    ],
)
def test_a_test_that_is_not_there(top, test):
    """A row that names a test that does not exist is an error of the file, and no row counts then."""
    asked = mission(F1=row("F1", tests=(ONE,)), F2=row("F2", tests=(test,)))
    report = rows.report({ONE, test}, asked, top)
    assert report.problems == (f"F2: there is no {test}",)
    assert report.counted == 0


def test_rows_left_out_or_invented(top):
    """The ids are exactly those of the mission."""
    asked = (*mission()[1:], row("F99"))
    assert rows.problems(asked, top) == ("F1: is not there", "F99: the mission has no such row")


def test_print(top, capsys):
    """The closing line says how many; each row that does not count says why."""
    rows.report({ONE}, mission(F1=row("F1", tests=(ONE,))), top).print()
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "ROWS 1 of 55"
    assert "ROW F2 a text -- no test yet" in lines
    assert not [line for line in lines if line.startswith("ROW F1 ")]


def test_tests_by_their_tag(top):
    """Those that need a browser are found by the tag of their class."""
    assert rows.named_tests("browser", top / "addons") == [ONE]


def test_the_mission_itself():
    """tests/mission.toml has every row once, and every test that it names is there."""
    assert rows.problems(rows.load()) == ()
