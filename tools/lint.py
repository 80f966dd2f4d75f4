"""The linters: ruff and pylint-odoo for Python, eslint and prettier for JavaScript."""

import subprocess

from tools import browser, python_env, readme, report_list
from tools.base import ADDONS, TOP, say
from tools.databases import own_addons


def run(options):
    return 1 if failures(fix=options.fix) else 0


def failures(fix=False):
    """The linters that complain; their complaints go to stdout. None: a linter can't be had."""
    return [name for name, ok in results(fix).items() if ok is False]


def results(fix=False):
    """Linter -> did it pass; None where it can't be had."""
    if fix:
        readme.write_all()
        report_list.write()
    stale = readme.stale()
    for addon in stale:
        print(f"{addon}/README.rst is not what its readme/ folder says; `./run lint --fix` makes it anew")
    if report_list.is_stale():
        print("docs/reports.csv is not what the addon's reports are; `./run lint --fix` makes it anew")
    found = {
        "readme": not stale,
        "reports": not report_list.is_stale(),
        "ruff": _module("ruff", "check", *(["--fix"] if fix else []), "."),
        "ruff format": _module("ruff", "format", *([] if fix else ["--check"]), "."),
        "pylint-odoo": _module("pylint", *(str(ADDONS / name) for name in own_addons())),
    }
    modules = browser.node_modules()
    if not modules:
        say("eslint and prettier are left out: Node.js is not there")
        return {**found, "eslint": None, "prettier": None}
    link = TOP / "node_modules"
    if link.is_symlink() or not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(modules)
    scripts = [str(path.relative_to(TOP)) for path in ADDONS.rglob("static/**/*.js")]
    if scripts:
        found["eslint"] = _program(modules / ".bin" / "eslint", *(["--fix"] if fix else []), *scripts)
        found["prettier"] = _program(modules / ".bin" / "prettier", "--write" if fix else "--check", *scripts)
    return found


def _module(name, *arguments):
    return python_env.module(name, *arguments, cwd=TOP) == 0


def _program(path, *arguments):
    return subprocess.run([str(path), *arguments], cwd=TOP, check=False).returncode == 0
