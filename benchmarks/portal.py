"""A partner's pages: at most 0.3 s (p95) and no slower than Odoo's list, for 200 partners at once too.

`./run bench portal --leads 100000 --users 500 --against stock`. Partners log in and load their pages in turn: the
kanban, the list, the list searched, and one lead, beside Odoo's `/my/opportunities` with the same leads on a clone
without the suite (`ratio` is how many times faster). Then 200 of them come at once for two minutes, by locust, to a
server with four processes; `failures` must stay 0.
"""

import csv
import os
import random
import re
import statistics
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import requests

from tools import demo, odoo, python_env, sides
from tools.base import Trouble, free_port, run_dir

HERE = Path(__file__).parent
LEADS, PARTNERS, SEEN, ROUNDS = 100_000, 500, 10, 5
CROWD, COMING, SECONDS = 200, 2, 120  # so many at once, so many more each second, and how long all are there
P95_S = 0.3
PAGES = {"kanban": "/my/pipeline", "list": "/my/pipeline?view=list", "search": "/my/pipeline?view=list&search=Customer"}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def measure(options):
    size = (options.sizes or [options.size or LEADS])[0]
    os.environ.update(PORTAL_LEADS=str(size), PORTAL_PARTNERS=str(options.users or PARTNERS))
    prepared = sides.prepare("portal", HERE / "_portal_world.py", both=bool(options.against))
    try:
        log = run_dir() / "logs" / "bench_portal_on.log"
        odoo.shell(prepared["suite"], HERE / "_portal_on.py", log, "the portal could not be switched on")
        found = _pages(prepared)
        stock = found.pop("stock", None)
        for page, took in found.items():
            yield _line(size, page, took, stock)
        yield _crowd(prepared["suite"], size)
    finally:
        sides.forget(prepared)


def _line(size, page, took, stock):
    line = {"bench": "portal", "page": page, "size": size, "suite_s": took["median"], "p95_s": took["p95"]}
    line["within"] = took["p95"] <= P95_S
    if stock:
        line |= {"stock_s": stock["median"], "stock_p95_s": stock["p95"]}
        line["ratio"] = round(stock["median"] / took["median"], 2)
        line["within"] &= line["ratio"] >= 1 or page == "lead"
    return {**line, "ok": True}


def _pages(prepared):
    """{page: seconds}, and `stock` for Odoo's list. The sides are asked in turn."""
    took = {name: [] for name in (*PAGES, "lead", "stock")}
    with ExitStack() as stack:
        homes = {side: stack.enter_context(_served(name)) for side, name in prepared.items()}
        for number in random.Random(3).sample(range(int(os.environ["PORTAL_PARTNERS"])), SEEN):
            people = {side: _logged_in(home, number) for side, home in homes.items()}
            for turn in range(ROUNDS + 1):  # the first warms up
                for name, path in PAGES.items():
                    seconds, page = _load(people["suite"], homes["suite"] + path)
                    took[name].append(seconds if turn else None)
                lead = re.search(r"/my/pipeline/\d+", page)[0]
                took["lead"].append(_load(people["suite"], homes["suite"] + lead)[0] if turn else None)
                if "stock" in people:
                    seconds = _load(people["stock"], homes["stock"] + "/my/opportunities")[0]
                    took["stock"].append(seconds if turn else None)
    return {name: _spread([one for one in seconds if one is not None]) for name, seconds in took.items() if seconds}


def _served(database, *more):
    return demo.served(database, run_dir() / "logs" / f"{database}_served.log", *more)


def _logged_in(home, number):
    session = requests.Session()
    token = TOKEN.search(session.get(f"{home}/web/login").text)[1]
    entries = {"login": f"partner{number}", "password": "partner", "csrf_token": token}
    session.post(f"{home}/web/login", data=entries).raise_for_status()
    return session


def _load(session, url):
    start = time.perf_counter()
    answer = session.get(url, allow_redirects=False)
    seconds = time.perf_counter() - start
    if answer.status_code != 200 or "Bench " not in answer.text:
        raise Trouble(f"{url} answered {answer.status_code} without a lead on it.")
    return seconds, answer.text


def _spread(took):
    took = sorted(took)
    p95 = took[min(int(0.95 * len(took)), len(took) - 1)]
    return {"median": round(statistics.median(took), 4), "p95": round(p95, 4)}


def _crowd(database, size):
    """Everybody is there for the last two minutes."""
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(database, "--workers", "4", "--gevent-port", str(port)) as home,
    ):
        done = subprocess.run(
            [
                str(python_env.python()), "-m", "locust", "-f", str(HERE / "_portal_crowd.py"), "--headless",
                "--host", home, "-u", str(CROWD), "-r", str(COMING), "-t", f"{CROWD // COMING + SECONDS}s",
                "--csv", f"{folder}/crowd", "--only-summary", "--exit-code-on-error", "0", "--stop-timeout", "30",
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Trouble(f"locust broke off:\n{done.stderr[-1500:]}")
        with open(f"{folder}/crowd_stats.csv") as source:
            rows = list(csv.DictReader(source))
        with open(f"{folder}/crowd_failures.csv") as source:
            failures = [f"{row['Name']}: {row['Error']}" for row in csv.DictReader(source)]
    whole = rows[-1]
    failed = int(whole["Failure Count"])
    return {
        "bench": "portal",
        "page": f"{CROWD} partners at once",
        "size": size,
        "suite_s": round(float(whole["Median Response Time"]) / 1000, 3),
        "p95_s": round(float(whole["95%"]) / 1000, 3),
        "requests": int(whole["Request Count"]),
        "each_s": {row["Name"]: round(float(row["95%"]) / 1000, 3) for row in rows[:-1]},
        "failures": failed,
        "told": failures[:5],
        "within": not failed,
        "ok": not failed,
    }
