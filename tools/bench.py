"""`./run bench`: each file in benchmarks/ measures one thing and says what in its docstring.

A bench has `measure(options)`, which yields one dict a measurement; it becomes a line
`BENCH {json}` on stdout. It raises `LeftOut` where something that it needs isn't there.
"""

import ast
import importlib
import json
import os
from pathlib import Path

from tools.base import TOP, Trouble, say

FOLDER = TOP / "benchmarks"
REQUIRED = ("bench", "suite_s", "ok")
AGAINST = ("stock_s", "ratio")


class LeftOut(Exception):
    """Nothing was measured, for a reason that has nothing to do with the suite."""


def run(options):
    known = names()
    if not options.names:
        print("\n".join(f"{name:12} {title(name)}" for name in known))
        return 0
    unknown = [name for name in options.names if name not in known]
    if unknown:
        raise Trouble(f"there is no bench {unknown[0]!r}; there are {', '.join(known)}.")
    failed = 0
    for name in options.names:
        try:
            for measurement in importlib.import_module(f"benchmarks.{name}").measure(options):
                print(line(measurement), flush=True)
                failed += not measurement["ok"]
        except LeftOut as reason:
            say(f"bench {name} was left out: {reason}.")
    return 1 if failed else 0


def names():
    return sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))


def title(name):
    """The first line of a bench's docstring."""
    documentation = ast.get_docstring(ast.parse((FOLDER / f"{name}.py").read_text())) or ""
    return documentation.partition("\n")[0]


def line(measurement):
    """The line that whoever reads benches relies on; a measurement that lacks something is an error of the bench."""
    missing = [key for key in REQUIRED if key not in measurement]
    if not ("size" in measurement or "data" in measurement):
        missing.append("size or data")
    if any(key in measurement for key in AGAINST):
        missing += [key for key in AGAINST if key not in measurement]
    if missing:
        raise ValueError(f"the measurement {measurement} lacks {', '.join(missing)}")
    return "BENCH " + json.dumps(measurement)


def data(name):
    """The folder with this data to measure with."""
    root = Path(os.environ.get("CRM_SUITE_DATA") or TOP.parent / "shared" / "data")
    if not (root / name).is_dir():
        raise LeftOut(f"there is no folder {root / name} (CRM_SUITE_DATA names another place for the data)")
    return root / name


def compared(stock, suite):
    """The fields of a measurement that has a peer: times, their ratio, the most memory each took.

    :param stock: and `suite`: dicts with `seconds`, `mb`, `queries`; stock is None where it wasn't measured
    """
    fields = {"suite_s": round(suite["seconds"], 3), "suite_mb": suite["mb"], "queries": suite["queries"]}
    if stock:
        fields.update(
            stock_s=round(stock["seconds"], 3),
            ratio=round(stock["seconds"] / suite["seconds"], 3),
            stock_mb=stock["mb"],
            stock_queries=stock["queries"],
        )
    return fields
