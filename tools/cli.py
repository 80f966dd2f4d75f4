"""The commands of `./run`."""

import argparse
import errno
import shutil
import signal
import sys

from tools import python_env
from tools.base import RUN, Trouble, cache_dir, say

USAGE = """\
The CRM suite for Odoo 19 Community.

  ./run demo [--no-serve] [--port N] [--db NAME]   the suite with its demo story, on http://localhost:8069
  ./run test [--fast] [--only ADDON,…]             everything that must hold
  ./run setup                                      fetch Odoo, the database server, packages; nothing more
  ./run lint [--fix]                               ruff, pylint-odoo, eslint, prettier
  ./run bench NAME … [--against stock]             measure; one line `BENCH {json}` each (`./run bench` lists them)
  ./run odoo ARGS …                                Odoo's own command line with the suite's paths and database
  ./run db new NAME [--addons a,b] [--demo]        a database, cloned from a prepared template
  ./run db load NAME FOLDER                        put a sales history from CSV files into a database
  ./run db list | drop NAME                        what there is; away with one
  ./run pictures [NAME …]                          make the pictures of the documentation anew
  ./run clean [--cache]                            remove this checkout's databases; with --cache the downloads too

Environment: ODOO_HOME (a checkout of Odoo 19), PGHOST/PGPORT/PGUSER (a database server),
CHROME (a browser for the tests), PYTHON (3.10-3.13), CRM_SUITE_CACHE (where downloads are kept).
"""


def main(arguments):
    signal.signal(signal.SIGTERM, _end)  # so that all that was started is ended, and cleaned up after
    try:
        return _dispatch(arguments) or 0
    except Trouble as trouble:
        print(f"run: {trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            print(f"run: the disk is full ({error.filename or 'while writing'}).", file=sys.stderr)
            return 1
        if error.errno in (errno.EACCES, errno.EROFS) and error.filename:
            print(f"run: {error.filename} can't be written: {error.strerror}.", file=sys.stderr)
            return 1
        raise
    except KeyboardInterrupt:
        return 130


def _end(_number, _frame):
    raise SystemExit(143)


def _dispatch(arguments):
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0
    name, rest = arguments[0], arguments[1:]
    command = COMMANDS.get(name)
    if not command:
        raise Trouble(f"there is no command {name!r}; `./run` alone lists them.")
    if command is not clean:
        python_env.enter(arguments)
    return command(rest)


def _parser(name, **kwargs):
    return argparse.ArgumentParser(prog=f"./run {name}", **kwargs)


def setup(arguments):
    """Fetch all that is needed and start the database server once."""
    _parser("setup").parse_args(arguments)
    from tools import browser, odoo_source, postgres

    home = odoo_source.home()
    say(f"Odoo {odoo_source.version(home)}: {home}")
    server = postgres.server()
    (version,) = server.query("SHOW server_version")[0]
    say(f"PostgreSQL {version}: {server.host}")
    say(f"Python packages: {python_env.folder()}")
    say(f"browser: {browser.chromium() or 'none (browser tests are left out)'}")
    say(f"linters for JavaScript: {browser.node_modules() or 'none (Node.js is missing)'}")


def odoo_command(arguments):
    from tools import odoo

    return odoo.run(*arguments)


def db(arguments):
    from tools import databases

    parser = _parser("db")
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="a database from a prepared template")
    new.add_argument("name")
    new.add_argument("--addons", default="crm_suite", help="comma-separated; default: crm_suite")
    new.add_argument("--demo", action="store_true", help="with the addons' demo data")
    load = actions.add_parser("load", help="a sales history from CSV files")
    load.add_argument("name")
    load.add_argument("folder")
    actions.add_parser("list")
    actions.add_parser("drop").add_argument("name")
    options = parser.parse_args(arguments)
    if options.action == "new":
        print(databases.new(options.name, options.addons.split(","), options.demo))
    elif options.action == "load":
        from tools import histories

        return histories.load(options.name, options.folder)
    elif options.action == "list":
        print("\n".join(databases.names()))
    else:
        databases.drop(options.name)


def demo(arguments):
    from tools import demo as story

    parser = _parser("demo")
    parser.add_argument("--no-serve", action="store_true", help="end when the story is told")
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--db", default="crm_demo")
    return story.run(parser.parse_args(arguments))


def test(arguments):
    from tools import testing

    parser = _parser("test")
    parser.add_argument("--fast", action="store_true", help="no browser, no install matrix, no suites of Odoo's own")
    parser.add_argument("--only", default="", help="comma-separated addons")
    parser.add_argument("--parts", default="", help="comma-separated parts: lint,unit,odoo,e2e,install,browser,stock")
    return testing.run(parser.parse_args(arguments))


def lint(arguments):
    from tools import lint as linters

    parser = _parser("lint")
    parser.add_argument("--fix", action="store_true", help="mend what the tools can mend")
    return linters.run(parser.parse_args(arguments))


def bench(arguments):
    from tools import bench as benches

    parser = _parser("bench")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--against", choices=["stock"], help="measure Odoo's own addons beside ours")
    parser.add_argument("--size", type=int, help="how many records, where the bench has a choice")
    parser.add_argument(
        "--sizes",
        "--leads",
        "--deals",
        type=_numbers,
        help="several of them, with commas, where the bench has a choice",
    )
    parser.add_argument("--users", type=int, help="how many people, where the bench has a choice")
    parser.add_argument("--data", help="a folder with data to measure with, where the bench has a choice")
    return benches.run(parser.parse_args(arguments))


def _numbers(text):
    return [int(part) for part in text.split(",")]


def pictures(arguments):
    from tools import pictures as camera

    parser = _parser("pictures")
    parser.add_argument("names", nargs="*")
    return camera.run(parser.parse_args(arguments))


def clean(arguments):
    parser = _parser("clean")
    parser.add_argument("--cache", action="store_true", help="also what was downloaded for all checkouts")
    options = parser.parse_args(arguments)
    from tools import postgres

    postgres.forget()
    shutil.rmtree(RUN, ignore_errors=True)
    if options.cache:
        shutil.rmtree(cache_dir(), ignore_errors=True)


COMMANDS = {
    "setup": setup,
    "odoo": odoo_command,
    "db": db,
    "demo": demo,
    "test": test,
    "lint": lint,
    "bench": bench,
    "pictures": pictures,
    "clean": clean,
}
