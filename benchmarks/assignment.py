"""Sharing out leads: at 8,000 at least 12 times as fast as stock, at 100,000 at most 1.5 ms a lead.

`--sizes 1000,4000,8000 --against stock`: the same leads on clones of one database, half of them without a
team, for 30 members with ample room in three teams (`round_robin`), through Odoo's own entry point with
real commits. `ok`: every lead has an owner, one tracking note that says so, a follower, one decision and an
event, and a sample of them equals, row for row, what the ORM writes where a person assigns them. At 100,000
leads the memory is to stay below 1 GB and a lead to cost at most 1.3 times what it costs at 10,000.

A second line at the largest size (`"with": "loyalty, attention"`) has customers stay with their salespersons, every
tenth lead look like somebody's open deal, and attention on; the same time is allowed for a lead.

`--data FOLDER`: the open deals of a sales history, by each method; see `_assignment_history`.
"""

from pathlib import Path

from benchmarks import _assignment_history
from tools import databases, sides
from tools.bench import compared

SIZES = (1_000, 4_000, 8_000)
WORLD = Path(__file__).parent / "_assignment_world.py"
MODULE = "benchmarks._assignment_work"
WARM, SAMPLE = 60, 60
FAST, FAST_FROM = 12, 8_000
MANY, FEW = 100_000, 10_000
ALIKE = 10  # one in so many
MOST_MS, MOST_MB, MOST_GROWTH = 1.5, 1024, 1.3


def measure(options):
    if options.data:
        yield from _assignment_history.measure(options.data)
        return
    sizes = options.sizes or ([options.size] if options.size else SIZES)
    prepared = sides.prepare("assignment", WORLD, both=bool(options.against))
    try:
        if max(sizes) >= MANY:
            few = _share(FEW, {"suite": prepared["suite"]})["suite"]["seconds"] * 1000 / FEW
        for size in sorted(sizes):
            found = _share(size, prepared)
            yield line(size, found, few if size >= MANY else None)
        yield line_with_all(size, _share_once(size, "suite", prepared["suite"], is_all=True))
    finally:
        sides.forget(prepared)


def _share(size, prepared):
    """What sharing out `size` leads took and left behind on each side, each time on a clone of its database.

    Ours takes seconds where stock takes minutes: its median of three, before and after stock, keeps a hiccup
    of the machine out of it.

    :return: {side: see `_share_once`, "as_called": bool}
    """
    turns = ["suite", *("stock" for side in prepared if side == "stock"), *(["suite"] * 2 if size < MANY else [])]
    taken = {side: [] for side in prepared}
    for side in turns:
        taken[side].append(_share_once(size, side, prepared[side]))
    runs = [run for found in taken.values() for run in found]
    is_same = len({run["leads"] for run in runs}) == 1
    addons = {side: found[0]["addons"] for side, found in taken.items()}
    found = {side: sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2] for side, runs in taken.items()}
    return {**found, "as_called": is_same and sides.as_called(addons)}


def _share_once(size, side, database, is_all=False):
    clones = {side: databases.clone(database, f"{database}_now")}
    try:
        with sides.opened(clones, MODULE) as opened:
            call = opened[side].call
            call("switch_on", is_all)
            call("fill", "Warm", size // ALIKE if is_all else WARM)
            call("share")
            call("fill", "Bench", size)
            call("remember", SAMPLE)
            before = {"leads": call("digest"), "addons": call("loaded")}
            found = {**before, **call("share"), "outcome": call("outcome")}
            if is_all:
                return {**found, **call("extras")}
            return {**found, "unlike": call("unlike_by_hand") if side == "suite" else {}}
    finally:
        sides.forget(clones)


def line(size, found, few_ms=None):
    """The measurement.

    :param dict found: see `_share`
    :param float few_ms: what a lead costs at 10,000, where that is asked
    """
    suite, stock = found["suite"], found.get("stock")
    milliseconds = suite["seconds"] * 1000 / size
    fields = {
        "bench": "assignment", "size": size, **compared(stock, suite), "ms_a_lead": round(milliseconds, 3),
        "grown_mb": suite["grown_mb"],
    }  # fmt: skip
    within = True
    if stock:
        fields["stock_ms_a_lead"] = round(stock["seconds"] * 1000 / size, 3)
        within &= size < FAST_FROM or fields["ratio"] >= FAST
    if few_ms:
        growth = milliseconds / few_ms
        fields.update(ms_a_lead_at_10000=round(few_ms, 3), growth=round(growth, 3))
        within &= milliseconds <= MOST_MS and suite["mb"] <= MOST_MB and growth <= MOST_GROWTH
    fields.update(wrong=wrong(size, suite["outcome"]), unlike_by_hand=suite["unlike"], within=within)
    complete = all(side["outcome"]["owned"] == size for side in (suite, stock) if side)
    return {**fields, "ok": complete and not fields["wrong"] and not suite["unlike"] and found["as_called"]}


def line_with_all(size, found):
    """The measurement with loyalty, look-alikes and attention.

    :param dict found: see `_share_once`
    """
    milliseconds = found["seconds"] * 1000 / size
    within = milliseconds <= MOST_MS and found["mb"] <= MOST_MB
    fields = {
        "bench": "assignment", "size": size, "with": "loyalty, attention", **compared(None, found),
        "ms_a_lead": round(milliseconds, 3), "lookalikes": found["lookalikes"], "attention": found["attention"],
        "wrong": wrong(size, found["outcome"]), "within": size < FEW or within,
    }  # fmt: skip
    right = found["lookalikes"] == size // ALIKE and found["attention"] == size
    return {**fields, "ok": right and found["outcome"]["owned"] == size and not fields["wrong"]}


def wrong(size, outcome):
    """{what: how many leads have it}, of all that each lead should have and some have not."""
    return {name: number for name, number in outcome.items() if number != size}
