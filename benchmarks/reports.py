"""Every ready report, and every figure of the dashboards, on up to a million leads with ten events each, beside
Odoo's own pivot on the same question.

`./run bench reports --leads 1000000 --against stock`. Each report is asked for as its pivot is (all
grouping sets at once, money with its currencies), `TIMES` times for its default period and for all
time, by a sales manager. `worst_p95_s` and `worst_all_time_s` are those of the slowest report. Stock's
pivot has the same filter and groups and as many measures, of those that it has; it runs on another
database with the same leads and none of ours. `within`: at most 1 s for a default period, 3 s for all time, and
1.5 times stock's. What is counted from the log stock can't be asked for: there `nearest` is true, stock is asked
for another number of the same leads without the join, and 5 times is the limit. Reports of what is open
have no period: 3 s hold for them.
One line for each report, and one for all of them.
"""

from pathlib import Path

from tools import sides

MODULE = "benchmarks._reports_work"
SIZES = (100_000,)
TIMES, STOCK_TIMES = 5, 3
PERIOD_S, ALL_TIME_S, STOCK, NEAREST = 1.0, 3.0, 1.5, 5.0


def measure(options):
    for size in options.sizes or ([options.size] if options.size else SIZES):
        yield from of_size(size, both=bool(options.against))


def of_size(size, both):
    prepared = sides.prepare("reports", Path(__file__).parent / "_saving_world.py", both=both)
    try:
        with sides.opened(prepared, MODULE) as opened:
            for side in opened.values():
                side.call("fill", size)
            counted_s, shared_s = opened["suite"].call("count"), opened["suite"].call("share_out")
            reports = opened["suite"].call("reports")
            reports += opened["suite"].call("boards")
            lines = [_line(size, report, opened) for report in reports]
    finally:
        sides.forget(prepared)
    yield from lines
    yield _whole(size, lines, counted_s, shared_s)


def _line(size, report, opened):
    found = {"bench": "reports", "size": size, "report": report["name"], "has_period": bool(report["filters"])}
    for period in ("period", "all_time"):
        took = opened["suite"].call("listing" if "order" in report else "pivot", report, period, TIMES)
        found |= {f"{period}_p95_s": took["p95"], f"{period}_groups": took["groups"]}
        if "stock" in opened and report["question"]:
            stock = opened["stock"].call("pivot", report["question"], period, STOCK_TIMES)
            found |= {f"stock_{period}_s": stock["median"], f"{period}_times_stock": _times(took, stock)}
        found[f"{period}_s"] = took["median"]
    found["suite_s"] = found["period_s"]
    if stock_s := found.get("stock_period_s"):
        found |= {"stock_s": stock_s, "ratio": round(stock_s / max(found["suite_s"], 0.001), 3)}
    slowest = max(found.get(f"{period}_times_stock", 0) for period in ("period", "all_time"))
    limit = PERIOD_S if found["has_period"] else ALL_TIME_S
    found["nearest"] = bool(report["question"]) and report["question"].get("nearest", False)
    beside = NEAREST if found["nearest"] else STOCK
    found["within"] = found["period_p95_s"] <= limit and found["all_time_p95_s"] <= ALL_TIME_S and slowest <= beside
    return {**found, "ok": found["all_time_groups"] > 0}


def _times(suite, stock):
    """How many times stock's; what takes less than a hundredth of a second weighs as if it took that."""
    return round(max(suite["median"], 0.01) / max(stock["median"], 0.01), 2)


def _whole(size, lines, counted_s, shared_s):
    return {
        "bench": "reports",
        "size": size,
        "reports": len(lines),
        "suite_s": max(line["suite_s"] for line in lines),
        "worst_p95_s": max(line["period_p95_s"] for line in lines if line["has_period"]),
        "worst_all_time_s": max(line["all_time_p95_s"] for line in lines),
        "worst_times_stock": max(
            (line.get(f"{period}_times_stock", 0) for line in lines for period in ("period", "all_time")), default=0
        ),
        "count_s": counted_s,
        "share_out_s": shared_s,
        "not_within": [line["report"] for line in lines if not line["within"]],
        "within": all(line["within"] for line in lines),
        "ok": all(line["ok"] for line in lines),
    }
