"""What a salesperson's everyday steps on 1,000 leads take with the whole suite on: at most 1.5 times stock's time.

Creating, editing, moving to another stage, writing to the customer, finishing an activity and
winning, lead by lead as the web client asks for it, and creating in bulk as an import does.
`within` says whether the budget that all addons share is kept, `ok` whether all that was asked
for is there afterwards and the one side ran with the suite, the other without.
"""

from pathlib import Path

from tools import sides
from tools.bench import compared

SIZE, CHUNK = 1000, 50
BUDGET = 1.5
MODULE = "benchmarks._saving_work"
STEPS = ("creating", "editing", "moving", "writing_to", "finishing_an_activity", "winning", "creating_in_bulk")


def measure(options):
    size = options.size or SIZE
    databases = sides.prepare("saving", Path(__file__).parent / "_saving_world.py", both=bool(options.against))
    try:
        with sides.opened(databases, MODULE) as opened:
            for side in opened.values():
                side.call("warm_up")
            taken = {step: sides.in_turn(opened, step, _chunks(size)) for step in STEPS}
            outcomes = {name: side.call("outcome") for name, side in opened.items()}
            addons = {name: side.call("loaded") for name, side in opened.items()}
    finally:
        sides.forget(databases)
    for step in STEPS:
        yield _line(step, size, taken[step], outcomes, addons)


def _chunks(size):
    numbers = list(range(size))
    return [numbers[start : start + CHUNK] for start in range(0, size, CHUNK)]


def _line(step, size, taken, outcomes, addons):
    fields = {"bench": "saving", "step": step, "size": size, **compared(taken.get("stock"), taken["suite"])}
    if "stock" in taken:
        fields["within"] = taken["suite"]["seconds"] <= BUDGET * taken["stock"]["seconds"]
    complete = all(right(step, size, outcome) for outcome in outcomes.values())
    return {**fields, "ok": complete and sides.as_called(addons)}


def right(step, size, outcome):
    """Is everything there that this step should have left behind?"""
    expected = {
        "creating": {"created": size},
        "creating_in_bulk": {"bulk": size},
        "editing": {"edited": size},
        "moving": {"moved": size},
        "winning": {"won": size},
        "writing_to": {"written": size, "mails": size},
        "finishing_an_activity": {"finished": size, "activities_left": 0},
    }[step]
    return expected == {key: outcome[key] for key in expected}
