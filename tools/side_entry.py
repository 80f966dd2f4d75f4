"""Read by an Odoo shell: runs what the other end of the pipe asks for."""

import importlib
import os
import resource
import sys
import traceback
from multiprocessing.connection import Connection

sys.path.insert(0, os.environ["SUITE_TOP"])
functions = importlib.import_module(os.environ["SIDE_MODULE"])
registry = env.registry  # noqa: F821
env.cr.rollback()  # noqa: F821

with Connection(int(os.environ["SIDE_PIPE"])) as connection:
    while True:
        try:
            name, arguments = connection.recv()
        except EOFError:
            break
        try:
            if name == "peak_mb":
                answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            else:
                answer = getattr(functions, name)(registry, *arguments)
        except Exception:  # noqa: BLE001  (told to the other end)
            connection.send((None, traceback.format_exc()[-2000:]))
        else:
            connection.send((answer, None))
