"""What the event log and the attention states cost a salesperson's everyday steps, and what reading them takes.

Creating, moving, writing, finishing an activity and winning on `size` leads, stock beside the suite
with the log alone (`attention` is `off`) and with attention switched on: `within` says whether a step
takes at most 1.10 times stock's time (ratio at least 0.90). Without `--against stock` the suite runs
alone. Then, on the suite's side: a million events of 100,000 leads read in columns, the memory that
takes, and the attention job where everything and where little changed.
"""

from pathlib import Path

from benchmarks.saving import CHUNK, MODULE, SIZE, right
from tools import databases, sides
from tools.bench import compared

STEPS = ("creating", "moving", "writing_to", "finishing_an_activity", "winning")
LIMIT = 1.10
READING = "benchmarks._events_reading"
LEADS = 100_000
SIDES = {"off": "suite", "on": "attended"}


def measure(options):
    size = options.size or SIZE
    prepared = sides.prepare("events", Path(__file__).parent / "_saving_world.py", both=bool(options.against))
    try:
        prepared["attended"] = databases.clone(prepared["suite"], "bench_events_attended")
        with sides.opened(prepared, MODULE) as opened:
            opened["attended"].call("switch_attention_on")
            for side in opened.values():
                side.call("warm_up")
            chunks = [list(range(start, min(start + CHUNK, size))) for start in range(0, size, CHUNK)]
            taken = {step: sides.in_turn(opened, step, chunks) for step in STEPS}
            outcomes = {name: side.call("outcome") for name, side in opened.items()}
        for attention, side in SIDES.items():
            for step in STEPS:
                yield _line(step, size, attention, taken[step].get("stock"), taken[step][side], outcomes)
        with sides.opened({"suite": prepared["suite"]}, READING) as opened:
            for step in ("fill", "read_memory", "read_columns", "attention_of_all", "attention_of_few"):
                yield {"bench": "events", "step": step, "size": LEADS, **opened["suite"].call(step, LEADS)}
    finally:
        sides.forget(prepared)


def _line(step, size, attention, stock, suite, outcomes):
    fields = {"bench": "events", "step": step, "size": size, "attention": attention, **compared(stock, suite)}
    if stock:
        fields["within"] = suite["seconds"] <= LIMIT * stock["seconds"]
    return {**fields, "ok": all(right(step, size, outcome) for outcome in outcomes.values())}
