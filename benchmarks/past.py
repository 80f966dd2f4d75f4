"""How fast the log is told what happened to leads before it: at least 10,000 events a second.

The history of `size` leads stands in a database as Odoo would have left it (messages, tracked stages,
a done call, a meeting); the job tells it from beginning to end.
"""

from pathlib import Path

from tools import sides

SIZE = 20_000


def measure(options):
    size = options.size or SIZE
    databases = sides.prepare("past", Path(__file__).parent / "_saving_world.py", both=False)
    try:
        with sides.opened(databases, "benchmarks._past_work") as opened:
            for step in ("make_history", "tell_history"):
                yield {"bench": "past", "step": step, "size": size, **opened["suite"].call(step, size)}
    finally:
        sides.forget(databases)
