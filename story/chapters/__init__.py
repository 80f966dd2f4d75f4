"""The story's way into a database: a chapter per addon.

A module here bears the name of an addon and has a function `tell(env, story)`; it is told when
that addon is installed, once, in the order of the names (`crm` comes first, with the people, the
teams and all deals). A chapter finds what others made with `records.recall(env, kind, key)`.
"""

import importlib
import json
import pkgutil
import random
import time
from datetime import date

from story import log, plot
from story.chapters.crm import finale

MARK, VERSION = "demo_story.told", "demo_story.version"


def tell_all(env, today, version="", seed=plot.SEED):
    """Tell the chapters that the database has not heard yet; what it then holds, in figures.

    The day and seed of the first telling hold for later ones. `version`: of the suite, noted down.
    """
    started = time.monotonic()
    parameters = env["ir.config_parameter"].sudo()
    told = json.loads(parameters.get_param(MARK, "{}"))
    first = not told
    told = told or {"today": today.isoformat(), "seed": seed, "chapters": [], "assigned": 0, "seconds": 0}
    random.seed(told["seed"])
    story = plot.tell(date.fromisoformat(told["today"]), told["seed"])
    for name in _chapters(env):
        if name not in told["chapters"]:
            importlib.import_module(f"{__name__}.{name}").tell(env, story)
            env.flush_all()
            told["chapters"].append(name)
    if first and "crm.lead.event" in env:
        log.put_in_time(env)
    if first:
        told["assigned"] = finale.tell(env, story)
    told["seconds"] = round(told["seconds"] + time.monotonic() - started, 1)
    told["figures"] = {**finale.figures(env), "assigned": told["assigned"], "seconds": told["seconds"]}
    parameters.set_param(MARK, json.dumps(told))
    parameters.set_param(VERSION, version)
    env.cr.commit()
    return told["figures"]


def _chapters(env):
    installed = set(env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name in installed)
