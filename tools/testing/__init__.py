"""`./run test`: everything that must hold, each part by itself, one report at the end."""

import os
import time

from tools.base import Trouble, say
from tools.testing import parts
from tools.testing.report import Report

FAST = ("lint", "unit", "odoo")
ALL = ("lint", "unit", "odoo", "e2e", "install", "browser", "stock")


def run(options):
    names = options.parts.split(",") if options.parts else FAST if options.fast else ALL
    unknown = set(names) - set(ALL)
    if unknown:
        raise Trouble(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(ALL)}.")
    only = [name for name in options.only.split(",") if name]
    report = Report(strict=os.environ.get("CI") == "true")
    with parts.Workshop(only, fast=options.fast) as workshop:
        for name in names:
            started = time.monotonic()
            say(f"{name} …")
            parts.PARTS[name](workshop, report)
            say(f"{name}: {report.summary(name)} in {time.monotonic() - started:.0f} s")
    complete = not only and tuple(names) == ALL
    return report.close(rows_wanted=complete)
