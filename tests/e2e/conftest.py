"""A database that holds the demo story, and a server of its own for it."""

import os
import uuid

import pytest

from tools import browser, databases, demo
from tools.base import run_dir


@pytest.fixture(scope="module")
def name():
    name = f"test_story_{uuid.uuid4().hex[:8]}"
    demo.told(name)
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def server(name):
    log = run_dir() / "logs" / f"{name}.log"
    with demo.served(name, log) as address:
        yield address
    if not os.environ.get("KEEP_LOGS"):
        log.unlink()


@pytest.fixture(scope="module")
def launch():
    """Starts a browser."""
    program = browser.chromium()
    if not program:
        pytest.skip("no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield lambda: driver.chromium.launch(executable_path=str(program))


@pytest.fixture(scope="module")
def chrome(launch):
    return launch()
