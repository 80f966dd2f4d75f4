"""Two sides of a bench: stock Odoo and the suite, on clones of one database, measured in turn.

Each side is an Odoo process of its own that has loaded its database and waits for commands
on a pipe, so that a command on one side can follow the same command on the other at once:
what the machine does meanwhile weighs on both.
"""

import contextlib
import subprocess
from multiprocessing import Pipe
from pathlib import Path
from statistics import median

from tools import databases, odoo
from tools.base import TOP, Trouble, run_dir

ENTRY = Path(__file__).parent / "side_entry.py"


def stock_addons(addons=("crm_suite",)):
    """All that the suite's addons need and Odoo ships."""
    own = databases.dependencies(addons)
    return sorted({need for addon in own for need in databases.manifest(addon)["depends"]} - set(own))


def prepare(name, script, both=True):
    """Databases for both sides: the same one, with records made by `script`, once with the suite installed.

    :return: {"stock": name, "suite": name}, without stock unless `both`
    """
    base, sides = f"bench_{name}_base", {"suite": f"bench_{name}_suite"}
    databases.clone(databases.template(stock_addons()), base)
    odoo.shell(base, script, run_dir() / "logs" / f"{base}.log", what=f"{script.name} failed", SUITE_TOP=TOP)
    if both:
        sides["stock"] = databases.clone(base, f"bench_{name}_stock")
    databases.rename(base, sides["suite"])
    arguments = ["-d", sides["suite"], "-i", "crm_suite", "--stop-after-init", "--no-http"]
    odoo.logged(run_dir() / "logs" / f"{sides['suite']}.log", *arguments, what="crm_suite could not be installed")
    return sides


def as_called(addons):
    """Does the suite's side run with the suite, and stock's with nothing of ours?

    :param addons: {side: the addons that its process has loaded}
    """
    own = set(databases.own_addons())
    return "crm_suite" in addons["suite"] and not own & set(addons.get("stock", ()))


def forget(sides):
    for name in sides.values():
        databases.drop(name)


@contextlib.contextmanager
def opened(sides, module):
    """{side: Side}, each an Odoo process that runs the functions of `module`; all ended afterwards."""
    with contextlib.ExitStack() as stack:
        yield {side: stack.enter_context(Side(database, module)) for side, database in sorted(sides.items())}


class Side:
    def __init__(self, database, module):
        self.database = database
        self.module = module

    def __enter__(self):
        self._connection, theirs = Pipe()
        environment = odoo.environment(SUITE_TOP=str(TOP), SIDE_PIPE=str(theirs.fileno()), SIDE_MODULE=self.module)
        self._log = run_dir() / "logs" / f"{self.database}.log"
        with open(ENTRY) as script, open(self._log, "w") as log, theirs:
            self._process = subprocess.Popen(
                odoo.command("shell", "-d", self.database, "--no-http", "--shell-interface", "python"),
                env=environment, stdin=script, stdout=log, stderr=log, pass_fds=[theirs.fileno()],
            )  # fmt: skip
        return self

    def __exit__(self, *_exception):
        self._connection.close()
        self._process.terminate()
        self._process.wait()

    def call(self, function, *arguments):
        """What the function of that name in the module answers, over there."""
        try:
            self._connection.send((function, arguments))
            answer, trouble = self._connection.recv()
        except (EOFError, ConnectionError) as error:
            raise Trouble(f"{self.database} broke off in {function} (log: {self._log}).") from error
        if trouble:
            raise Trouble(f"{function} failed in {self.database}:\n{trouble}")
        return answer


def in_turn(sides, function, chunks):
    """Call `function(chunk)` for each chunk on all sides one after the other, each time another one first.

    The function answers a dict with `seconds` and `queries`. What one chunk took is the median
    over the chunks, so that a hiccup of the machine counts on neither side.

    :return: {side: {"seconds", "queries", "mb"}} for all chunks together
    """
    taken = {side: [] for side in sides}
    for turn, chunk in enumerate(chunks):
        order = sorted(sides, reverse=turn % 2 == 1)
        for side in order:
            taken[side].append(sides[side].call(function, chunk))
    return {
        side: {
            "seconds": median(one["seconds"] for one in answers) * len(answers),
            "queries": sum(one["queries"] for one in answers),
            "mb": sides[side].call("peak_mb"),
        }
        for side, answers in taken.items()
    }
