"""Real sales histories, from CSV files into a database: `./run db load NAME FOLDER`.

`readers` and what it imports know the files and nothing of Odoo; `writer` knows Odoo and
nothing of the files; `model` is what goes between them.
"""

import dataclasses
import json
import sys
import tempfile
from pathlib import Path

from tools import databases, odoo, postgres
from tools.base import TOP, Trouble, run_dir, say
from tools.histories.model import RowError
from tools.histories.readers import read_folder

MOST_ERRORS_SHOWN = 40


def load(name, folder):
    """Put the history in `folder` into a database, which is made when there is none; an exit status."""
    history = read_folder(folder)
    if history.leads:
        prepare(name)
        done, errors = write(name, history)
        print("LOADED " + json.dumps({"history": history.name, "database": name, **done, "errors": len(errors)}))
        if not done["leads"]:
            say(f"{name} holds these {done['already_there']} leads already: nothing was added.")
    else:
        errors = history.errors
    _report(errors)
    if not history.leads:
        raise Trouble(f"no lead in {folder} can be read; nothing was loaded.")
    return 0


def prepare(name):
    """Make the database if there is none; refuse one without Odoo's CRM."""
    if not databases.exists(name):
        say(f"there is no database {name} yet: it is made, with the whole suite")
        databases.new(name, ["crm_suite"])
    elif not has_crm(name):
        raise Trouble(f"in the database {name} Odoo's CRM is not installed.")


def has_crm(name):
    server = postgres.server()
    if server.query("SELECT to_regclass('ir_module_module')", database=name) == [(None,)]:
        return False
    return bool(
        server.query(
            "SELECT 1 FROM ir_module_module WHERE name = 'crm' AND state = 'installed'",
            database=name,
        )
    )


def write(name, history):
    """Write into a prepared database; (figures, all row errors)."""
    with tempfile.NamedTemporaryFile("w", dir=run_dir(), suffix=".json") as handle:
        json.dump(dataclasses.asdict(history), handle, default=lambda moment: moment.isoformat(sep=" "))
        handle.flush()
        output = odoo.shell(
            name,
            Path(__file__).parent / "shell_load.py",
            run_dir() / "logs" / f"load-{name}.log",
            what=f"{history.name} could not be loaded into {name}",
            SUITE_TOP=TOP,
            HISTORY=handle.name,
        )
    written = next(line for line in output.splitlines() if line.startswith("WRITTEN "))
    done, unknown = json.loads(written.removeprefix("WRITTEN "))
    errors = [*history.errors, *(RowError(**error) for error in unknown)]
    return done, errors


def _report(errors):
    for error in errors[:MOST_ERRORS_SHOWN]:
        print(error, file=sys.stderr)
    if len(errors) > MOST_ERRORS_SHOWN:
        print(f"+{len(errors) - MOST_ERRORS_SHOWN} more", file=sys.stderr)
