"""The closing lines of `./run test`."""

import pytest

from tools.testing.report import Report


@pytest.mark.parametrize(
    ("strict", "status", "line"),
    [(False, 0, "1 passed, 0 failed, 1 skipped"), (True, 1, "1 passed, 1 failed, 1 skipped")],
)
def test_left_out(capsys, strict, status, line):
    """A test that was left out is told; where all is to be had it counts as failed."""
    report = Report(strict)
    report.add("browser", passed=["a"], skipped={"b": "no Chromium"})
    assert report.close(rows_wanted=False) == status
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "LEFT OUT browser: b (no Chromium)"
    assert out[-1] == line


def test_failed(capsys):
    """One failure fails the run and says why."""
    report = Report(False)
    report.add("odoo", passed=["a"], failed={"b": "because"})
    assert report.close(rows_wanted=False) == 1
    assert "because" in capsys.readouterr().out
