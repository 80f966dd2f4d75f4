"""The open deals of a sales history, nobody's again, shared out to its salespersons by each method.

Evenness is that within the teams: the deals themselves are unevenly spread over these.
"""

from pathlib import Path

from tools import databases, histories, sides
from tools.bench import LeftOut
from tools.histories.readers import read_folder

LOADED, SHARED = "bench_assignment_history", "bench_assignment_history_now"
MODULE = "benchmarks._assignment_agents"
# method, what counts as load
WAYS = (("round_robin", "number"), ("least_loaded", "number"), ("least_loaded", "value"), ("weighted", "number"))


def measure(folder):
    if not Path(folder).is_dir():
        raise LeftOut(f"there is no folder {folder}")
    history = read_folder(folder)
    databases.new(LOADED, ["crm_suite"])
    try:
        histories.write(LOADED, history)
        for method, load in WAYS:
            databases.clone(LOADED, SHARED)
            with sides.opened({"suite": SHARED}, MODULE) as opened:
                found = opened["suite"].call("share_open", method, load)
            yield {"bench": "assignment", "data": history.name, "method": method, "load": load, **found}
    finally:
        for name in (SHARED, LOADED):
            databases.drop(name)
