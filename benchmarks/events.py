"""What the event log and the attention states cost a salesperson's everyday steps, and what reading them takes.

Creating, moving, writing, finishing an activity and winning on `size` leads, stock beside the suite
with attention switched on: `within` says whether a step takes at most 1.10 times stock's time (ratio
at least 0.90). Without `--against stock` the suite runs alone. Then, on the suite's side: a million
events of 100,000 leads read in columns, and the attention job where everything and where little changed.
"""

from pathlib import Path

from benchmarks.saving import CHUNK, MODULE, SIZE, right
from tools import sides
from tools.bench import compared

STEPS = ("creating", "moving", "writing_to", "finishing_an_activity", "winning")
LIMIT = 1.10
READING = "benchmarks._events_reading"
LEADS = 100_000


def measure(options):
    size = options.size or SIZE
    databases = sides.prepare("events", Path(__file__).parent / "_saving_world.py", both=bool(options.against))
    try:
        with sides.opened(databases, MODULE) as opened:
            opened["suite"].call("switch_attention_on")
            for side in opened.values():
                side.call("warm_up")
            chunks = [list(range(start, min(start + CHUNK, size))) for start in range(0, size, CHUNK)]
            taken = {step: sides.in_turn(opened, step, chunks) for step in STEPS}
            outcomes = {name: side.call("outcome") for name, side in opened.items()}
        for step in STEPS:
            yield _line(step, size, taken[step], outcomes)
        with sides.opened({"suite": databases["suite"]}, READING) as opened:
            for step in ("fill", "read_columns", "attention_of_all", "attention_of_few"):
                yield {"bench": "events", "step": step, "size": LEADS, **opened["suite"].call(step, LEADS)}
    finally:
        sides.forget(databases)


def _line(step, size, taken, outcomes):
    fields = {"bench": "events", "step": step, "size": size, **compared(taken.get("stock"), taken["suite"])}
    if "stock" in taken:
        fields["within"] = taken["suite"]["seconds"] <= LIMIT * taken["stock"]["seconds"]
    return {**fields, "ok": all(right(step, size, outcome) for outcome in outcomes.values())}
