"""Read by an Odoo shell, which provides `env`."""

import json
import os
import resource
import sys

sys.path.insert(0, os.environ["SUITE_TOP"])

from tools.histories import writer

with open(os.environ["HISTORY"]) as file:
    done, unknown = writer.write(env, json.load(file))  # noqa: F821
done["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print("WRITTEN " + json.dumps([done, unknown]))
