"""What a log of Odoo's says about the tests that ran: which passed, failed, were left out."""

import re
from dataclasses import dataclass, field, replace

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[\w.?-]+): (?P<message>.*)$"
)
STARTED = re.compile(r"^Starting (?P<test>[\w.]+\.\w+) \.\.\.")
SKIPPED = re.compile(r"^skipped (?P<test>[\w.]+\.\w+) : (?P<reason>.*)")
FAILED = re.compile(r"^(?:FAIL|ERROR): (?:Subtest )?(?P<test>[\w.]+\.\w+)(?: |$)")
OF_CLASS = re.compile(
    r"^(?P<what>skipped|FAIL:|ERROR:) (?P<step>\w+) \((?P<module>odoo\.(?:upgrade|addons)\.[\w.]+)\.(?P<name>\w+)\)"
)
SUMMARY = re.compile(r"^\d+ failed, \d+ error\(s\) of \d+ tests when loading database")
# how a traceback ends: the kind of exception and what it says; a tour adds the step that failed
REASON = re.compile(r"^(?:[A-Za-z_][\w.]*(?:Error|Exception|Failed|Warning|Interrupt|NotFound)|FAILED: \[.*)\b")
BAD = ("ERROR", "CRITICAL")
# who speaks when no test is running
BETWEEN = ("odoo.modules.loading", "odoo.service.server", "odoo.tests.result", "odoo.tests.stats", "odoo.registry")


@dataclass(frozen=True)
class Results:
    """Tests are named "addon/tests/test_file.py::Class.method".

    `failed` and `skipped` say the reason to each. `errors` are the lines of level ERROR or CRITICAL
    that belong to no test: each makes a run fail. `logged` are those that other code wrote while a
    test ran: (test, line).
    """

    passed: frozenset = frozenset()
    failed: dict = field(default_factory=dict)
    skipped: dict = field(default_factory=dict)
    errors: tuple = ()
    logged: tuple = ()

    @property
    def ok(self):
        return not self.failed and not self.errors

    def without(self, tests):
        """The same without these failures."""
        return replace(self, failed={test: reason for test, reason in self.failed.items() if test not in tests})

    def mended(self, test):
        """The same with one failure that a second try has turned into a success."""
        return replace(self.without({test}), passed=self.passed | {test})


def parse(text):
    reader = _Reader()
    for line in text.splitlines():
        record = RECORD.match(line)
        if record:
            reader.read(record, line)
        else:
            reader.go_on(line)
    return reader.results()


def file_of(module):
    """odoo.addons.crm.tests.test_ui -> crm/tests/test_ui.py"""
    return module.removeprefix("odoo.addons.").replace(".", "/") + ".py"


class _Reader:
    def __init__(self):
        self.started, self.failed, self.skipped = [], {}, {}
        self.broken = {}
        self.errors, self.logged = [], []
        self.running = None
        self.explained = None
        self.ended = True

    def read(self, record, line):
        level, logger, message = record["level"], record["logger"], record["message"]
        self.explained = None
        if SUMMARY.match(message):
            self.running, self.ended = None, True
            return
        if self._of_class(level, message) or self._of_test(level, logger, message):
            return
        if logger.startswith(BETWEEN):
            self.running = None
        if level in BAD:
            self._error(logger, line)

    def go_on(self, line):
        """Below a failure stands its traceback: the last line that names an exception says why."""
        if self.explained and REASON.match(line):
            self.failed[self.explained] = line.strip()

    def _of_class(self, level, message):
        """What befell a whole class: no test of it counts, and which ones it has the log does not say."""
        found = OF_CLASS.match(message)
        if not found:
            return False
        prefix = f"{file_of(found['module'])}::{found['name']}."
        if found["what"] == "skipped":
            self.skipped[prefix + found["step"]] = message.partition(" : ")[2].strip()
        elif level in BAD:
            self.broken[prefix] = found["step"]
            self._fail(prefix + found["step"], message)
        return True

    def _of_test(self, level, logger, message):
        """Failures at a lower level are of a first try, which is tried again."""
        file = file_of(logger)
        if found := STARTED.match(message):
            self.running, self.ended = f"{file}::{found['test']}", False
            self.started.append(self.running)
        elif found := SKIPPED.match(message):
            self.skipped[f"{file}::{found['test']}"] = found["reason"].strip()
        elif level in BAD and (found := FAILED.match(message)):
            self._fail(f"{file}::{found['test']}", message)
        return bool(found)

    def _fail(self, test, message):
        self.failed.setdefault(test, message.strip())
        self.explained = test

    def _error(self, logger, line):
        if not self.running:
            self.errors.append(line)
        elif logger not in self._own_loggers():
            self.logged.append((self.running, line))

    def _own_loggers(self):
        """A running test, and its browser, speak under the test's own name."""
        file, test = self.running.split("::")
        module = "odoo.addons." + file.removesuffix(".py").replace("/", ".")
        return module, f"{module}.{test}", f"{module}.{test}.browser"

    def results(self):
        if not self.ended:
            self.failed[self.started[-1]] = "the log ends in the middle of it"
            self.errors.append(f"the log ends in the middle of {self.started[-1]}")
        for prefix, step in self.broken.items():
            for test in self.started:
                if test.startswith(prefix):
                    self.failed.setdefault(test, f"{step} of its class failed")
        skipped = {test: reason for test, reason in self.skipped.items() if test not in self.failed}
        return Results(
            frozenset(self.started) - set(self.failed) - set(skipped),
            self.failed,
            skipped,
            tuple(self.errors),
            tuple(self.logged),
        )
