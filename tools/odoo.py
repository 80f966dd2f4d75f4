"""Odoo's own command line with the suite's paths and database."""

import configparser
import os
import signal
import subprocess

from tools import odoo_source, postgres, python_env
from tools.base import ADDONS, TOP, Trouble, run_dir

# what the administrator's odoo.conf says for a real server and what does not fit here
NOT_HERE = (
    "workers",
    "proxy_mode",
    "list_db",
    "logfile",
    "log_level",
    "admin_passwd",
    "max_cron_threads",
    "dbfilter",
    "http_port",
    "gevent_port",
)


def data_dir():
    return run_dir() / "data"


def addons_path():
    return [*odoo_source.core_addons(odoo_source.home()), ADDONS]


def config_file():
    """odoo.conf as this checkout uses it: loopback only, our database server, own data folder."""
    server = postgres.server()
    config = configparser.ConfigParser(interpolation=None)
    config.read(TOP / "odoo.conf")
    options = config["options"] if config.has_section("options") else {}
    for key in [key for key in options if key in NOT_HERE or key.startswith("limit_")]:
        config.remove_option("options", key)
    if not config.has_section("options"):
        config.add_section("options")
    config["options"].update(
        {
            "addons_path": ",".join(map(str, addons_path())),
            "data_dir": str(data_dir()),
            "db_host": server.host,
            "db_port": str(server.port),
            "db_user": server.user,
            "http_interface": "127.0.0.1",
            "workers": "0",
            "max_cron_threads": "0",
            "list_db": "True",
            "geoip_city_db": "",
            "geoip_country_db": "",
        }
    )
    config.remove_option("options", "db_password")
    if server.password:
        config["options"]["db_password"] = server.password
    target = run_dir() / "odoo.rc"
    aside = target.with_suffix(f".{os.getpid()}")
    with open(aside, "w") as handle:
        config.write(handle)
    aside.chmod(0o600)
    aside.replace(target)
    return target


def environment(**more):
    known = {
        **os.environ,
        **postgres.server().environment(),
        "ODOO_RC": str(config_file()),
        "PYTHONPATH": str(odoo_source.home()),
        "PYTHONDONTWRITEBYTECODE": "0",
        "PATH": f"{run_dir() / 'bin'}:{os.environ['PATH']}",
        **more,
    }
    known.pop("PYTHONPYCACHEPREFIX", None)
    return known


def command(*arguments):
    return [str(python_env.python()), "-m", "odoo", *map(str, arguments)]


def run(*arguments, **kwargs):
    """Run Odoo, output passed through; its exit status. Ctrl-C ends Odoo first, then us."""
    process = subprocess.Popen(command(*arguments), env=environment(), **kwargs)
    previous = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the terminal sent it to Odoo as well, which is stopping
        finally:
            signal.signal(signal.SIGTERM, previous)


def logged(log, *arguments, what, **kwargs):
    """Run Odoo with its log in a file; a sentence and the log's errors when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as output:
        done = subprocess.run(
            command(*arguments),
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **kwargs,
        )
    text = log.read_text(errors="replace")
    bad = [line for line in text.splitlines() if " CRITICAL " in line or " ERROR " in line or "Error:" in line]
    if done.returncode or " CRITICAL " in text:
        raise Trouble("\n  ".join([f"{what} (log: {log}).", *(bad or text.splitlines())[-6:]]))
    return text


def shell(database, script, log, what, **variables):
    """Run a Python script in an Odoo shell; `variables` come to it as environment variables."""
    with open(script) as source:
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "w") as errors:
            done = subprocess.run(
                command("shell", "-d", database, "--no-http", "--shell-interface", "python"),
                env=environment(**{key: str(value) for key, value in variables.items()}),
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                check=False,
            )
    if done.returncode:
        tail = log.read_text(errors="replace").splitlines()[-8:]
        raise Trouble("\n  ".join([f"{what} (log: {log}).", *tail]))
    return done.stdout
