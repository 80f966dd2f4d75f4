"""Odoo's own scoring against the learned score: how good on real histories, how fast at size.

    ./run bench scoring --data ../shared/data/x_education
    ./run bench scoring --sizes 100000,400000,1000000

`--data`: of a history's closed leads the last 30 % by arrival are made open again; both learn from
the rest, and are measured on what became of those. Without options: the three known histories.
"""

import json
from pathlib import Path

from tools import bench, databases, histories, sides
from tools.bench import LeftOut
from tools.histories.readers import KNOWN, read_folder

MODULE = "benchmarks._scoring_history"
LOADED = "bench_scoring_history"


def measure(options):
    if options.sizes:
        from benchmarks import _scoring_size

        yield from _scoring_size.measure(options.sizes)
        return
    for folder in [Path(options.data)] if options.data else [bench.data(reader.NAME) for reader in KNOWN]:
        if not folder.is_dir():
            raise LeftOut(f"there is no folder {folder}")
        yield of_history(read_folder(folder))


def of_history(history):
    clones = {side: f"{LOADED}_{side}" for side in ("stock", "suite")}
    databases.new(LOADED, ["crm_suite"])
    try:
        histories.write(LOADED, history)
        for name in clones.values():
            databases.clone(LOADED, name)
        with sides.opened(clones, MODULE) as opened:
            known = {side: opened[side].call("reopen_last") for side in clones}
            if known["stock"] != known["suite"]:
                raise ValueError("the two sides do not measure the same leads")
            found = {side: opened[side].call("score", side, known[side]) for side in clones}
            curve = opened["suite"].call("learning_curve", known["suite"])
    finally:
        for name in (*clones.values(), LOADED):
            databases.drop(name)
    return measurement(history.name, known["suite"], found["stock"], found["suite"], curve)


def measurement(name, known, stock, suite, curve):
    fields = {
        "bench": "scoring", "data": name, "learned_from": known["closed"], "size": len(known["won"]),
        "suite_s": suite["seconds"], "stock_s": stock["seconds"],
        "ratio": round(stock["seconds"] / suite["seconds"], 3), "suite_mb": suite["mb"], "stock_mb": stock["mb"],
    }  # fmt: skip
    for measure in ("auc", "logloss", "brier", "ece"):
        fields |= {f"stock_{measure}": stock[measure], f"suite_{measure}": suite[measure]}
    fields |= {
        "base_rate_logloss": suite["base_rate_logloss"],
        "ratio_logloss": round(suite["logloss"] / stock["logloss"], 4),
        "state": suite["state"],
        "chosen": suite["chosen"],
        "curve": curve,
        "within": within(stock, suite),
        "ok": suite["scored"] == stock["scored"] == len(known["won"]),
    }
    return json.loads(json.dumps(fields))


def within(stock, suite):
    """No worse than Odoo's own scoring, or honest about knowing no more than the base rate."""
    if suite["state"] == "not_better_than_base_rate":
        return suite["logloss"] <= suite["base_rate_logloss"] + 0.005
    calibrated = suite["ece"] < stock["ece"] and (stock["ece"] <= 0.03 or suite["ece"] <= stock["ece"] / 2)
    return suite["logloss"] <= stock["logloss"] and suite["auc"] >= stock["auc"] and calibrated
