"""A full refresh of 20 challenges in which everybody takes part, beside Odoo's own nightly job.

`./run bench gamification --users 500 --deals 1000000 --against stock`. The same people and won deals on both
sides; half of the challenges ask how many deals somebody has won this month, half how much money. Between two
refreshes everybody wins one more deal, so that every goal has another figure. Stock's side counts leads, as its
definitions do, and everybody has just been online there; the suite's counts by the ledger. What the ledger takes is
said beside it: for all deals at once (`ledger_s`), and in queries more for winning one (`win_queries`). `within`:
ten times as fast, and five queries at most.
"""

from pathlib import Path

from tools import sides

MODULE = "benchmarks._gamification_work"
SIZES = (100_000,)
USERS, CHALLENGES, TIMES = 300, 20, 3
FASTER, QUERIES = 10, 5


def measure(options):
    for size in options.sizes or ([options.size] if options.size else SIZES):
        yield of_size(size, options.users or USERS, both=bool(options.against))


def of_size(size, users, both):
    prepared = sides.prepare("gamification", Path(__file__).parent / "_saving_world.py", both=both)
    try:
        with sides.opened(prepared, MODULE) as opened:
            for side in opened.values():
                side.call("people", users)
                side.call("fill", size)
            ledger_s = opened["suite"].call("keep")
            for side in opened.values():
                side.call("begin", CHALLENGES)
            taken = {name: [] for name in opened}
            for turn in range(TIMES):
                for name in sorted(opened, reverse=turn % 2 == 1):
                    opened[name].call("win")
                    taken[name].append(opened[name].call("refresh"))
            win_queries = opened["suite"].call("win_queries")
    finally:
        sides.forget(prepared)
    return _line(size, users, taken, ledger_s, win_queries)


def _line(size, users, taken, ledger_s, win_queries):
    seconds = {name: sorted(one["seconds"] for one in runs)[len(runs) // 2] for name, runs in taken.items()}
    found = {
        "bench": "gamification",
        "size": size,
        "users": users,
        "challenges": CHALLENGES,
        "goals": taken["suite"][0]["goals"],
        "suite_s": seconds["suite"],
        "suite_queries": taken["suite"][-1]["queries"],
        "ledger_s": ledger_s,
        "win_queries": win_queries,
        "within": win_queries <= QUERIES,
        "ok": all(one["right"] for one in taken["suite"]),
    }
    if "stock" in seconds:
        ratio = round(seconds["stock"] / max(seconds["suite"], 0.001), 2)
        found |= {
            "stock_s": seconds["stock"],
            "stock_queries": taken["stock"][-1]["queries"],
            "ratio": ratio,
            "within": found["within"] and ratio >= FASTER,
            "ok": found["ok"] and all(one["right"] for one in taken["stock"]),
        }
    return found
