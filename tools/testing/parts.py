"""The parts of `./run test`. Each notes what it finds in the report; none stops the others."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from tools import browser, databases, odoo, odoo_log, python_env, rows
from tools import lint as linters
from tools.base import TOP, Trouble, child, free_port, run_dir

SUITE = "test_crm_suite"  # has the whole suite below it, and the tests that cross addons
BROWSER_TAG = "crm_suite_browser"
STOCK_MODULES = (
    "crm",
    "sales_team",
    "sale_crm",
    "survey_crm",
    "website_crm",
    "website_crm_partner_assign",
    "gamification",
    "mass_mailing_crm",
)
KNOWN = TOP / "tests" / "stock_known.toml"
WHOLE_REGISTRY = Path(__file__).parent / "whole_registry.py"


class Workshop:
    """Databases, ports and logs of one run; all of it goes when the run ends."""

    def __init__(self, only, fast=False):
        self.only = only
        self.fast = fast
        self.databases = []

    def __enter__(self):
        self.logs = run_dir() / "logs" / f"test-{os.getpid()}"
        self.logs.mkdir(parents=True)
        self.scratch = Path(tempfile.mkdtemp(prefix="crm-suite-test-"))
        return self

    def __exit__(self, *_error):
        for name in self.databases:
            databases.drop(name)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def addons(self):
        own = [name for name in databases.own_addons() if not name.startswith("test_")]
        return [name for name in own if not self.only or name in self.only]

    def database(self, addons, demo=False):
        name = f"t{os.getpid()}_{len(self.databases)}"
        self.databases.append(name)
        return databases.new(name, addons, demo)

    def odoo_tests(self, database, tags, name):
        """Run tests on a database with all that it has installed; their Results (see odoo_log)."""
        log = self.logs / f"{name}.log"
        arguments = ("-d", database, "--test-tags", tags, "--stop-after-init", "--http-port", str(free_port()))
        pictures = ("--screenshots", str(self.logs / "screenshots"))
        with open(log, "w") as output:
            status = child(
                [python_env.python(), WHOLE_REGISTRY, *arguments, *pictures],
                env=odoo.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        results = odoo_log.parse(log.read_text(errors="replace"))
        if status and not (results.failed or results.errors):
            raise Trouble(f"Odoo ended with exit status {status} before its tests did (log: {log}).")
        return results


def lint(_workshop, report):
    for name, ok in linters.results().items():
        if ok is None:
            report.add("lint", skipped={f"lint/{name}": "Node.js is not there"})
        elif ok:
            report.add("lint", passed=[f"lint/{name}"])
        else:
            report.add("lint", failed={f"lint/{name}": "see above; `./run lint` repeats it, --fix mends what it can"})


def unit(workshop, report):
    _pytest(workshop, report, "unit")


def e2e(workshop, report):
    _pytest(workshop, report, "e2e")


def install(workshop, report):
    _pytest(workshop, report, "install")


def odoo_part(workshop, report):
    """Each addon's own tests, on a database with that addon alone; all on one database when it has to be fast."""
    tested = [name for name in workshop.addons() if any((databases.ADDONS / name / "tests").glob("test_*.py"))]
    for addons in [tested] if workshop.fast else [[name] for name in tested]:
        database = workshop.database(addons)
        tags = ",".join([*(f"/{name}" for name in addons), f"-{BROWSER_TAG}"])
        _note(report, "odoo", workshop.odoo_tests(database, tags, f"odoo-{addons[0]}"))


def browser_part(workshop, report):
    """Tours and components of all addons, on a database with the whole suite."""
    if not browser.chromium():
        for name in rows.named_tests(BROWSER_TAG):
            report.add("browser", skipped={name: "no Chromium"})
        return
    wanted = [*workshop.addons(), *([] if workshop.only else [SUITE])]
    tags = ",".join(f"/{name}" if name == SUITE else f"{BROWSER_TAG}/{name}" for name in wanted)
    database = workshop.database([SUITE])
    results = workshop.odoo_tests(database, tags, "browser")
    _note(report, "browser", _once_more(workshop, report, [SUITE], False, results, "browser"))


def stock(workshop, report):
    """Odoo's own suites with ours installed; what stock fails too is listed with its reason."""
    if not browser.chromium():
        report.add("stock", skipped={"stock": "no Chromium"})
        return
    known = {entry["test"]: entry["reason"] for entry in rows.load_toml(KNOWN).get("known", [])}
    database = workshop.database(["crm_suite"], demo=True)
    results = workshop.odoo_tests(database, ",".join(f"/{name}" for name in STOCK_MODULES), "stock")
    expected = {name for name in results.failed if name in known}
    report.known += sorted((name, known[name]) for name in expected)
    again = _once_more(workshop, report, ["crm_suite"], True, results.without(expected), "stock")
    _note(report, "stock", again)


def _note(report, part, results):
    report.add(
        part,
        passed=results.passed,
        failed={**results.failed, **{f"{part}/log/{index}": line for index, line in enumerate(results.errors)}},
        skipped=results.skipped,
    )


def _once_more(workshop, report, addons, demo, results, name):
    """A browser test that fails is run once more by itself; if it then passes, it is unstable."""
    for index, test in enumerate(sorted(results.failed)):
        addon, class_and_method = test.split("/", 1)[0], test.split("::")[1]
        database = workshop.database(addons, demo)
        again = workshop.odoo_tests(database, f"/{addon}:{class_and_method}", f"{name}-again-{index}")
        if test in again.passed:
            report.unstable.append(test)
            results = results.mended(test)
    return results


def _pytest(workshop, report, folder):
    if not any((TOP / "tests" / folder).glob("test_*.py")):
        return
    outcome = workshop.scratch / f"{folder}.xml"
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    only = ["-k", " or ".join(workshop.only)] if workshop.only and folder == "install" else []
    status = child(
        [python_env.python(), "-m", "pytest", "-q", f"tests/{folder}", f"--junitxml={outcome}", *only],
        cwd=TOP,
        env=environment,
    )
    if not outcome.exists():
        report.add(folder, failed={f"tests/{folder}": f"pytest ended with exit status {status}"})
        return
    passed, failed, skipped = set(), {}, {}
    for case in ElementTree.parse(outcome).iter("testcase"):
        name = f"{case.get('classname').replace('.', '/')}.py::{case.get('name').split('[')[0]}"
        problem = case.find("failure") if case.find("failure") is not None else case.find("error")
        if problem is not None:
            failed[name] = (problem.get("message") or "").splitlines()[0][:200]
        elif case.find("skipped") is not None:
            skipped[name] = case.find("skipped").get("message")
        else:
            passed.add(name)
    report.add(folder, passed=passed - set(failed), failed=failed, skipped=skipped)


PARTS = {
    "lint": lint,
    "unit": unit,
    "odoo": odoo_part,
    "e2e": e2e,
    "install": install,
    "browser": browser_part,
    "stock": stock,
}
