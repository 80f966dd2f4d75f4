"""The rows of the mission (tests/mission.toml) and how many of them are shown by tests that passed."""

import ast
from dataclasses import dataclass
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10; pip carries the same parser
    from pip._vendor import tomli as tomllib

from tools.base import ADDONS, TOP

MISSION = TOP / "tests" / "mission.toml"
IDS = (*(f"F{number}" for number in range(1, 43)), *(f"N{number}" for number in range(1, 14)))


@dataclass(frozen=True)
class Row:
    """A row counts only when tests show all of it: what is `missing` keeps it from counting."""

    id: str
    text: str
    persona: str
    addons: tuple = ()
    tests: tuple = ()
    missing: str = ""

    def reason(self, passed):
        """Why the row does not count; empty when it does."""
        if not self.tests:
            return f"no test yet{f': {self.missing}' if self.missing else ''}"
        if not_passed := [test for test in self.tests if test not in passed]:
            return f"not passed: {', '.join(not_passed)}"
        return f"missing: {self.missing}" if self.missing else ""


@dataclass(frozen=True)
class Report:
    counted: int
    total: int
    reasons: tuple  # (row, why it does not count: empty when it does)
    problems: tuple = ()

    def print(self):
        for problem in self.problems:
            print(f"MISSION {problem}")
        for row, reason in self.reasons:
            if reason:
                print(f"ROW {row.id} {row.text} -- {reason}")
        print(f"ROWS {self.counted} of {self.total}")


def load_toml(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def load(path=MISSION):
    return tuple(
        Row(
            key,
            table.get("text", ""),
            table.get("persona", ""),
            tuple(table.get("addons", ())),
            tuple(table.get("tests", ())),
            table.get("missing", ""),
        )
        for key, table in load_toml(path).items()
    )


def report(passed, rows=None, top=TOP):
    """How many rows the passed tests show. A file that is wrong lets no row count."""
    rows = load() if rows is None else rows
    wrong = problems(rows, top)
    reasons = tuple((row, row.reason(passed)) for row in rows)
    counted = 0 if wrong else sum(1 for _row, reason in reasons if not reason)
    return Report(counted, len(IDS), reasons, wrong)


def problems(rows, top=TOP):
    """What is wrong with the file itself: rows left out or unknown, tests that do not exist."""
    known = [row.id for row in rows]
    wrong = [f"{key}: is not there" for key in IDS if key not in known]
    wrong += [f"{key}: the mission has no such row" for key in known if key not in IDS]
    for row in rows:
        wrong += [f"{row.id}: {name} is empty" for name in ("text", "persona", "addons") if not getattr(row, name)]
        wrong += [f"{row.id}: there is no {test}" for test in row.tests if not exists(test, top)]
    return tuple(wrong)


def exists(test, top=TOP):
    """Is there a test "addon/tests/test_x.py::Class.test_y", or "tests/e2e/test_x.py::test_y"?"""
    name, _, inside = test.partition("::")
    file = next((path for path in (top / name, top / "addons" / name) if path.is_file()), None)
    return bool(file and inside) and inside in set(tests_in(ast.parse(file.read_text())))


def tests_in(module, tag=None):
    """The tests of a module, those in classes as Class.test_y; with a tag those of classes that bear it."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test") and not tag:
            yield node.name
        elif isinstance(node, ast.ClassDef) and (not tag or tag in _tags(node)):
            for child in node.body:
                if isinstance(child, ast.FunctionDef) and child.name.startswith("test"):
                    yield f"{node.name}.{child.name}"


def named_tests(tag, addons=ADDONS):
    """The ids of all tests of our addons that bear this tag of Odoo's test runner."""
    return sorted(
        f"{file.relative_to(addons).as_posix()}::{test}"
        for file in Path(addons).glob("*/tests/**/test_*.py")
        for test in tests_in(ast.parse(file.read_text()), tag)
    )


def _tags(node):
    calls = (decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call))
    return {argument.value for call in calls for argument in call.args if isinstance(argument, ast.Constant)}
