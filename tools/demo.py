"""The demo: a database with the suite and its story, told once, cloned at will, served on loopback."""

import contextlib
import json
import subprocess
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone

from tools import databases, odoo, postgres, python_env
from tools.base import TOP, Trouble, digest, free_port, locked, port_is_taken, run_dir, say

ADDONS = ("crm_suite",)
ENTRY = TOP / "tools" / "server_entry.py"
PREFIX = f"{databases.TEMPLATE}story_"
TOLD, VERSION = "demo_story.told", "demo_story.version"
LOGINS = (
    ("own", "salesperson with own documents"),
    ("all", "salesperson with all documents"),
    ("leader", "team leader of Small business and Europa"),
    ("manager", "sales manager"),
    ("reseller", "outside partner, in the portal"),
)


def run(options):
    if not options.no_serve and port_is_taken(options.port):
        raise Trouble(f"port {options.port} is taken; name another with --port.")
    databases.check_name(options.db)
    with locked(run_dir() / f"{options.db}.lock"):
        told(options.db) if not databases.exists(options.db) else _bring_up_to_date(options.db)
    if options.no_serve:
        print("DEMO " + json.dumps(figures(options.db)))
        return 0
    return _serve(options.db, options.port)


def told(name):
    """A database of this name that holds the whole story of today: a second, once it was told."""
    half = databases.clone(template(), f"{name}_half")
    databases.rename(half, name)
    return name


def template():
    """The template with today's story in it, told when the day, the story or an addon changed."""
    base = databases.template(list(ADDONS))
    today = datetime.now(timezone.utc).date()
    name = PREFIX + digest(base, today, *sorted((TOP / "story").rglob("*.py")))
    with locked(run_dir() / "story.lock"):
        if not databases.exists(name):
            _forget_older(name)
            half = databases.clone(base, f"{name}_half")
            _tell(half, today)
            databases.rename(half, name)
    return name


def figures(name):
    """What the database held when its story had been told."""
    return json.loads(_parameter(name, TOLD))["figures"]


def serving(name, port):
    """The command line that serves this database alone, without jobs: a demo mails nobody."""
    return (
        "-d",
        name,
        "--db-filter",
        f"^{name}$",
        "--no-database-list",
        "--http-port",
        str(port),
        "--max-cron-threads",
        "0",
        "--log-level",
        "warn",
    )


@contextlib.contextmanager
def served(name, log, *more):
    """Yields the address of a server of this database; ended afterwards. `more` goes to its command line."""
    port = free_port()
    log.parent.mkdir(exist_ok=True)
    command = [str(python_env.python()), str(ENTRY), *serving(name, port), *more]
    with open(log, "w") as output:
        process = subprocess.Popen(command, env=odoo.environment(PYTHONSAFEPATH="1"), stdout=output, stderr=output)
    try:
        if not wait_until_up(port, alive=lambda: process.poll() is None):
            raise Trouble(f"{name} could not be served (log: {log}):\n{log.read_text()[-2000:]}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until_up(port, seconds=60, alive=lambda: True):
    """Does a server answer on this port before the time is over (or it has died)?"""
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=5).close()
            return True
        time.sleep(0.2)
    return False


def _bring_up_to_date(name):
    """After a newer version of the suite was fetched: update its addons, tell what is new of the story."""
    if not _parameter(name, TOLD):
        raise Trouble(f"the database {name} exists and holds no demo; name another with --db, or drop it.")
    version = databases.version(list(ADDONS))
    if _parameter(name, VERSION) == version:
        return
    say(f"updating {name} to this version of the suite")
    own = ",".join(databases.own_addons())
    odoo.logged(
        run_dir() / "logs" / f"update-{name}.log",
        "-d",
        name,
        "-u",
        own,
        "-i",
        ",".join(ADDONS),
        "--stop-after-init",
        "--no-http",
        what=f"{name} could not be updated",
    )
    _tell(name, datetime.now(timezone.utc).date())


def _tell(name, today):
    say("telling the demo story (half a minute)")
    started = time.monotonic()
    odoo.shell(
        name,
        TOP / "story" / "tell.py",
        run_dir() / "logs" / f"story-{name}.log",
        "the demo story could not be told",
        STORY_HOME=TOP,
        STORY_TODAY=today,
        STORY_VERSION=databases.version(list(ADDONS)),
    )
    say(f"told in {time.monotonic() - started:.0f} s")


def _parameter(name, key):
    """A system parameter, or nothing where there is none (or no Odoo at all)."""
    server = postgres.server()
    if not server.query("SELECT 1 FROM pg_class WHERE relname = 'ir_config_parameter'", database=name):
        return None
    rows = server.query("SELECT value FROM ir_config_parameter WHERE key = %s", (key,), database=name)
    return rows[0][0] if rows else None


def _forget_older(name):
    for other in databases.names():
        if other.startswith(PREFIX) and other != name:
            databases.drop(other)


def _serve(name, port):
    threading.Thread(target=_announce, args=(name, port), daemon=True).start()
    status = odoo.run(*serving(name, port))
    return 0 if status in (0, -2, -15, 130, 143) else status


def _announce(name, port):
    if not wait_until_up(port):
        return
    width = max(len(login) for login, _role in LOGINS)
    lines = [f"http://localhost:{port}  (database {name}; Ctrl-C ends it)", "the password is the log-in:"]
    lines += [f"  {login:{width}}  {role}" for login, role in (*LOGINS, ("admin", "administrator"))]
    print("\n".join(lines), flush=True)
