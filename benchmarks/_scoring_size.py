"""Learning and scoring at size: synthetic leads and events, on clones of one database."""

from tools import databases, sides

MODULE = "benchmarks._scoring_size_work"
FILLED = "bench_scoring_size"
SAVES = 300
# seconds, times stock's, MB more than stock, ms
LEARN_S, FIRST, EVERY, AGAIN, MORE_MB, ONE_MS, SAVE = 120, 5.0, 2.5, 1.0, 300, 10, 1.3


def measure(sizes):
    for size in sizes:
        yield of_size(size)


def of_size(size):
    clones = {side: f"{FILLED}_{side}" for side in ("stock", "suite")}
    databases.new(FILLED, ["crm_suite"])
    try:
        with sides.opened({"fill": FILLED}, MODULE) as opened:
            opened["fill"].call("fill", size)
        for name in clones.values():
            databases.clone(FILLED, name)
        found = {}
        for side, name in clones.items():  # one after the other: each has the machine to itself
            with sides.opened({side: name}, MODULE) as opened:
                found[side] = opened[side].call("nights", side) | {"ms": opened[side].call("saves", SAVES)}
                if side == "suite":
                    found[side]["one_ms"] = opened[side].call("ones", SAVES)
    finally:
        for name in (*clones.values(), FILLED):
            databases.drop(name)
    return measurement(size, found["stock"], found["suite"])


def measurement(size, stock, suite):
    night = stock["first_s"]
    save = round(suite["ms"]["median"] / stock["ms"]["median"], 3)
    return {
        "bench": "scoring", "size": size, "open": suite["open"],
        "suite_s": suite["first_s"], "stock_s": night, "ratio": round(night / suite["first_s"], 3),
        "learn_s": suite["learn_s"], "first_score_s": suite["score_s"], "again_s": suite["again_s"],
        "stock_again_s": stock["again_s"], "again_written": suite["again_written"],
        "suite_mb": suite["mb"], "stock_mb": stock["mb"], "learn_mb": suite["learn_mb"],
        "one_p95_ms": suite["one_ms"]["p95"], "save_ms": suite["ms"]["median"], "stock_save_ms": stock["ms"]["median"],
        "save_times_stock": save, "state": suite["state"],
        "within": (
            suite["learn_s"] <= LEARN_S and suite["score_s"] <= EVERY * night and suite["again_s"] <= AGAIN * night
            and suite["first_s"] <= FIRST * night and suite["mb"] <= stock["mb"] + MORE_MB
            and suite["one_ms"]["p95"] <= ONE_MS and save <= SAVE
        ),
        "ok": suite["scored"] == suite["open"],
    }  # fmt: skip
