"""Databases by name: made once as a template, cloned in a second, filestore included."""

import json
import os
import shutil

from tools import odoo, odoo_source, postgres
from tools.base import ADDONS, Trouble, digest, locked, run_dir, say

TEMPLATE = "template_"


def exists(name):
    return bool(postgres.server().query("SELECT 1 FROM pg_database WHERE datname = %s", (name,)))


def names():
    rows = postgres.server().query("SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")
    return sorted(name for (name,) in rows)


def drop(name):
    _end_connections(name)
    postgres.server().query(f'DROP DATABASE IF EXISTS "{name}"')
    shutil.rmtree(_filestore(name), ignore_errors=True)


def clone(source, target):
    """A copy of a database; the files are hard links, which Odoo never writes to."""
    drop(target)
    _end_connections(source)
    postgres.server().query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    if _filestore(source).exists():
        shutil.copytree(_filestore(source), _filestore(target), copy_function=os.link)
    return target


def _end_connections(name):
    """Ours: a cleaning process of the server belongs to another role, and gives way by itself."""
    postgres.server().query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
        (name,),
    )


def template(addons, demo=False, extra=()):
    """The template with these addons installed, made when it or their files changed."""
    name = TEMPLATE + digest(*sorted(addons), demo, *extra, version(addons))
    with locked(run_dir() / f"{name}.lock"):
        if not exists(name):
            _forget_older(addons, demo, name)
            install(name, addons, demo=demo)
            note = run_dir() / f"{name}.json"
            note.write_text(json.dumps({"addons": sorted(addons), "demo": demo}))
    return name


def install(name, addons, demo=False):
    """A new database with these addons; made under another name and renamed when whole."""
    half = f"{name}_half"
    drop(half)
    say(f"installing {', '.join(addons)} {'with demo data ' if demo else ''}(a minute or two)")
    arguments = ["-d", half, "-i", ",".join(addons), "--stop-after-init", "--no-http"]
    odoo.logged(
        run_dir() / "logs" / f"install-{name}.log",
        *arguments,
        *(["--with-demo"] if demo else []),
        what=f"{', '.join(addons)} could not be installed",
    )
    rename(half, name)


def rename(source, target):
    drop(target)
    postgres.server().query(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
    if _filestore(source).exists():
        _filestore(source).rename(_filestore(target))


def new(name, addons, demo=False):
    check_name(name)
    return clone(template(addons, demo), name)


def dependencies(addons):
    """The suite's own addons among `addons` and all that they depend on."""
    found, ahead = set(), list(addons)
    while ahead:
        addon = ahead.pop()
        if addon not in found and (ADDONS / addon / "__manifest__.py").exists():
            found.add(addon)
            ahead += manifest(addon).get("depends", ())
    return sorted(found)


def own_addons():
    return sorted(file.parent.name for file in ADDONS.glob("*/__manifest__.py"))


def manifest(addon):
    import ast

    return ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text())


def version(addons):
    """Changes with any file of the addons that matters to a database.

    An addon that installs itself may join in, so all of ours count as soon as one does.
    """
    counted = own_addons() if dependencies(addons) else []
    files = [
        file
        for addon in counted
        for file in sorted((ADDONS / addon).rglob("*"))
        if file.is_file() and "tests" not in file.parts and "__pycache__" not in file.parts
    ]
    return digest(str(odoo_source.home()), *(part for file in files for part in (str(file.relative_to(ADDONS)), file)))


def _forget_older(addons, demo, name):
    for note in run_dir().glob(f"{TEMPLATE}*.json"):
        if note.stem != name and json.loads(note.read_text()) == {"addons": sorted(addons), "demo": demo}:
            drop(note.stem)
            note.unlink()


def check_name(name):
    if not name.replace("_", "").replace("-", "").isalnum() or name.startswith((TEMPLATE, "postgres")):
        raise Trouble(f"{name!r} is no name for a database: letters, digits, - and _ please.")


def _filestore(name):
    return odoo.data_dir() / "filestore" / name
