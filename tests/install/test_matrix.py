"""Each addon installs alone, updates, and goes without a trace; so does the whole suite."""

import os

import pytest

from tools import databases, odoo, snapshot
from tools.base import run_dir

LOGS = run_dir() / "logs"
# our own addons that an Odoo module pulls in by itself count as part of the addon under test
SAVE_SETTINGS = """
own = {names!r}
settings = env["res.config.settings"]
switches = [f.name for f in settings._fields.values() if f.type == "boolean" and f._module in own]
settings.create(dict.fromkeys(switches, True)).execute()
env.cr.commit()
"""
REMOVE = """
own = env["ir.module.module"].search([("name", "in", {names!r}), ("state", "=", "installed")])
own.button_immediate_uninstall()
"""


def stock_below(addon):
    """Odoo's own modules that an addon of ours needs, directly or through others of ours."""
    own = databases.dependencies([addon])
    return sorted({name for each in own for name in databases.manifest(each).get("depends", ())} - set(own))


def suite_addons():
    return [name for name in databases.own_addons() if not name.startswith("test_")]


@pytest.mark.parametrize("addon", suite_addons())
def test_comes_and_goes(addon):
    """Installed alone on a database with years of Odoo in it, updated, all its settings
    switched on, removed: nothing of ours is left and all that was Odoo's is as it was."""
    name = f"m{os.getpid()}_{addon}"
    try:
        databases.clone(databases.template(stock_below(addon)), name)
        _shell(name, "settings", SAVE_SETTINGS, [])  # saving the page writes parameters of Odoo's own
        before = snapshot.take(name)
        odoo.logged(
            LOGS / f"{name}-install.log", "-d", name, "-i", addon, "--stop-after-init", "--no-http", what="install"
        )
        installed = snapshot.take(name)
        if addon != "crm_suite":  # free of code: it brings its dependencies only
            assert snapshot.difference(before, installed), "the addon has to add something, or this test proves nothing"
        text = odoo.logged(
            LOGS / f"{name}-update.log", "-d", name, "-u", addon, "--stop-after-init", "--no-http", what="update"
        )
        assert " ERROR " not in text
        assert snapshot.difference(installed, snapshot.take(name)) == [], "an update changes nothing"
        _shell(name, "switch-on", SAVE_SETTINGS, databases.own_addons())
        _shell(name, "remove", REMOVE, databases.own_addons())
        assert snapshot.difference(before, snapshot.take(name)) == []
    finally:
        databases.drop(name)


def _shell(name, step, source, names):
    script = LOGS / f"{name}-{step}.py"
    script.write_text(source.format(names=names))
    odoo.shell(name, script, LOGS / f"{name}-{step}.log", what=step)
