"""Offering 10,000 leads to 500 partners: at most 60 seconds, and no more queries for the last batch than for the first.

Leads and partners lie all over the globe. Each batch of 1,000 is offered and committed; 500 of the offers are
mailed afterwards, which Odoo does one by one.
"""

from pathlib import Path

from tools import sides

SIZE = 10_000


def measure(options):
    size = options.size or SIZE
    databases = sides.prepare("offers", Path(__file__).parent / "_saving_world.py", both=False)
    try:
        with sides.opened(databases, "benchmarks._offers_work") as opened:
            opened["suite"].call("make_world", size)
            for step in ("offer", "send"):
                yield {"bench": "offers", "step": step, "size": size, **opened["suite"].call(step)}
    finally:
        sides.forget(databases)
