"""What benches print, and how both sides are measured."""

import json
from types import SimpleNamespace

import pytest

from benchmarks import saving
from tools import bench, sides
from tools.base import Trouble
from tools.histories.writer import company_size

GOOD = {"bench": "x", "size": 10, "suite_s": 1.0, "ok": True}


def options(*names):
    return SimpleNamespace(names=list(names), against=None, size=None)


@pytest.fixture
def benches(tmp_path, monkeypatch):
    """A folder of benches made from {name: source}."""

    def benches(**sources):
        package = tmp_path / "benchmarks"
        package.mkdir()
        (package / "__init__.py").touch()
        for name, source in sources.items():
            (package / f"{name}.py").write_text(source)
        monkeypatch.setattr(bench, "FOLDER", package)
        monkeypatch.syspath_prepend(tmp_path)
        for name in ["benchmarks", *(f"benchmarks.{name}" for name in sources)]:
            monkeypatch.delitem(bench.importlib.sys.modules, name, raising=False)

    return benches


def test_stdout_holds_bench_lines_only(benches, capsys):
    """One line of JSON a measurement; status 0 as long as all are ok."""
    benches(fake=f"def measure(options):\n    yield {GOOD!r}\n    yield {GOOD!r}\n")
    assert bench.run(options("fake")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line.removeprefix("BENCH ")) for line in lines] == [GOOD, GOOD]


def test_a_measurement_that_is_not_ok_makes_the_status_1(benches, capsys):
    """The other measurements are still made and printed."""
    benches(fake=f"def measure(options):\n    yield {dict(GOOD, ok=False)!r}\n    yield {GOOD!r}\n")
    assert bench.run(options("fake")) == 1
    assert capsys.readouterr().out.count("BENCH ") == 2


def test_missing_data_is_said_and_is_no_failure(benches, capsys, monkeypatch, tmp_path):
    """Where the folder with the data is missing nothing is printed on stdout, and stderr says so."""
    monkeypatch.setenv("CRM_SUITE_DATA", str(tmp_path / "nowhere"))
    benches(fake="from tools import bench\ndef measure(options):\n    bench.data('maven_crm')\n    yield {}\n")
    assert bench.run(options("fake")) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "left out" in said.err
    assert "maven_crm" in said.err


def test_without_a_name_the_benches_are_listed(benches, capsys):
    """Each with the first line of its docstring; what begins with _ is no bench."""
    benches(fake='"""What it measures.\n\nMore."""\n', _part='"""A part."""\n')
    assert bench.run(options()) == 0
    assert capsys.readouterr().out.split(maxsplit=1) == ["fake", "What it measures.\n"]


def test_an_unknown_bench_is_one_sentence():
    """It names those there are."""
    with pytest.raises(Trouble, match="no bench 'speed'.*saving"):
        bench.run(options("speed"))


@pytest.mark.parametrize("missing", ["bench", "size", "suite_s", "ok"])
def test_a_line_without_its_fields_is_an_error_of_the_bench(missing):
    """Whoever reads the lines may rely on them."""
    with pytest.raises(ValueError, match=missing):
        bench.line({key: value for key, value in GOOD.items() if key != missing})


def test_a_peer_needs_its_time_and_the_ratio():
    """`stock_s` alone would leave the ratio to the reader."""
    with pytest.raises(ValueError, match="ratio"):
        bench.line({**GOOD, "stock_s": 2.0})


def test_the_ratio_is_stock_over_suite():
    """Above 1 the suite is faster."""
    fields = bench.compared({"seconds": 3.0, "mb": 200, "queries": 7}, {"seconds": 2.0, "mb": 210, "queries": 5})
    assert fields == {
        "suite_s": 2.0, "suite_mb": 210, "queries": 5, "stock_s": 3.0, "ratio": 1.5, "stock_mb": 200,
        "stock_queries": 7,
    }  # fmt: skip
    assert "ratio" not in bench.compared(None, {"seconds": 2.0, "mb": 210, "queries": 5})


class FakeSide:
    def __init__(self, name, calls, seconds):
        self.name, self.calls, self.seconds = name, calls, iter(seconds)

    def call(self, function, *arguments):
        if function == "peak_mb":
            return 100
        self.calls.append((self.name, *arguments))
        return {"seconds": next(self.seconds), "queries": 3}


def test_sides_are_measured_in_turn_and_by_the_median():
    """A B, B A, A B: neither side is always first, and one hiccup of the machine changes nothing."""
    calls = []
    both = {"stock": FakeSide("stock", calls, [1, 1, 1]), "suite": FakeSide("suite", calls, [2, 90, 2])}
    taken = sides.in_turn(both, "creating", ["a", "b", "c"])
    assert calls == [
        ("stock", "a"), ("suite", "a"), ("suite", "b"), ("stock", "b"), ("stock", "c"), ("suite", "c"),
    ]  # fmt: skip
    assert taken["stock"] == {"seconds": 3, "queries": 9, "mb": 100}
    assert taken["suite"] == {"seconds": 6, "queries": 9, "mb": 100}


COMPLETE = {
    "created": 9, "bulk": 9, "edited": 9, "moved": 9, "won": 9, "written": 9, "mails": 9, "finished": 9,
    "activities_left": 0,
}  # fmt: skip


LOADED = {"stock": ["crm", "sale_crm"], "suite": ["crm", "crm_core", "crm_suite", "sale_crm"]}


@pytest.mark.parametrize("step", saving.STEPS)
def test_saving_is_ok_only_when_everything_is_there(step):
    """Each step fails when one thing that it should leave behind is missing."""
    assert saving.right(step, 9, COMPLETE)
    assert not saving.right(step, 9, dict.fromkeys(COMPLETE, 1))


@pytest.mark.parametrize("kept", [True, False])
def test_saving_tells_whether_the_budget_is_kept(kept):
    """1.5 times stock's time is within, more is not; the results are right either way."""
    taken = {
        "stock": {"seconds": 10.0, "mb": 1, "queries": 1},
        "suite": {"seconds": 15.0 if kept else 15.1, "mb": 1, "queries": 1},
    }
    line = saving._line("creating", 9, taken, {"stock": COMPLETE, "suite": COMPLETE}, LOADED)
    assert (line["within"], line["ok"]) == (kept, True)


@pytest.mark.parametrize(
    "addons",
    [
        {"stock": ["crm", "crm_core"], "suite": ["crm", "crm_core", "crm_suite"]},
        {"stock": ["crm"], "suite": ["crm"]},
    ],
)
def test_a_side_that_is_not_what_it_is_called_makes_the_measurement_worthless(addons):
    """Stock with an addon of ours, or a suite that isn't there: right results, but nothing was compared."""
    taken = {side: {"seconds": 1.0, "mb": 1, "queries": 1} for side in ("stock", "suite")}
    assert not saving._line("creating", 9, taken, {"stock": COMPLETE, "suite": COMPLETE}, addons)["ok"]
    assert saving._line("creating", 9, taken, {"stock": COMPLETE, "suite": COMPLETE}, LOADED)["ok"]


@pytest.mark.parametrize(
    ("employees", "key"),
    [
        (1, "1"),
        (2, "2_9"),
        (9, "2_9"),
        (10, "10_49"),
        (249, "50_249"),
        (250, "250_999"),
        (999, "250_999"),
        (1000, "1000"),
    ],
)
def test_employees_become_a_range(employees, key):
    """The edges of each range are on the right side."""
    assert company_size(employees) == key
