"""Loading each real history, twice over the same, and Odoo's own scoring and assignment on what was loaded.

`ok`: two databases end up with the same leads, loading again adds none, every open lead gets a
score and every waiting one an owner. `within`: at least 300 leads a second.
"""

import json
from pathlib import Path

from tools import bench, databases, histories, odoo
from tools.base import run_dir
from tools.histories import export
from tools.histories.readers import KNOWN, read_folder

LEAST = 300
PAIR = ("bench_history_a", "bench_history_b")


def measure(_options):
    for reader in KNOWN:
        try:
            yield _measure(read_folder(bench.data(reader.NAME)))
        finally:
            for name in PAIR:
                databases.drop(name)


def _measure(history):
    done = []
    for name in PAIR:
        databases.new(name, ["crm_suite"])
        done.append(histories.write(name, history)[0])
    first = done[0]
    again, _errors = histories.write(PAIR[0], history)
    same = export.digest(PAIR[0]) == export.digest(PAIR[1])
    stock = stock_jobs(PAIR[0])
    return {
        "bench": "histories", "data": history.name, "size": first["leads"], "suite_s": first["seconds"],
        "suite_mb": first["mb"], "queries": first["queries"], "leads_per_second": first["leads_per_second"],
        "errors": len(history.errors), "same": same, "again": again["leads"], **stock,
        "within": first["leads_per_second"] >= LEAST, "ok": right(history, first, again, same, stock),
    }  # fmt: skip


def right(history, first, again, same, stock):
    return (
        first["leads"] == len(history.leads)
        and again["leads"] == 0
        and same
        and stock["waiting"] > 0
        and stock["scored"] == stock["assigned"] == stock["waiting"]
    )


def stock_jobs(database):
    """What Odoo's own scoring and assignment jobs made of the history in this database."""
    script = Path(__file__).parent / "_stock_on_history.py"
    log = run_dir() / "logs" / f"{database}-stock.log"
    output = odoo.shell(database, script, log, what="Odoo's own jobs failed on the history")
    line = next(line for line in output.splitlines() if line.startswith("STOCK "))
    return json.loads(line.removeprefix("STOCK "))
