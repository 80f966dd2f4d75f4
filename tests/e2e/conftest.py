"""A database that holds the demo story, and a server of its own for it."""

import os
import subprocess
import uuid

import pytest

from tools import databases, demo, odoo
from tools.base import free_port, run_dir


@pytest.fixture(scope="module")
def name():
    name = f"test_story_{uuid.uuid4().hex[:8]}"
    demo.told(name)
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def server(name):
    port = free_port()
    log = run_dir() / "logs" / f"{name}.log"
    log.parent.mkdir(exist_ok=True)
    with open(log, "w") as output:
        process = subprocess.Popen(
            odoo.command(*demo.serving(name, port)),
            env=odoo.environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        assert demo.wait_until_up(port, alive=lambda: process.poll() is None), log.read_text()[-2000:]
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)
        if not os.environ.get("KEEP_LOGS"):
            log.unlink()
