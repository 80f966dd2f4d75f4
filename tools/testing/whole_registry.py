"""Odoo's command line, with all tests run when everything is loaded.

Odoo runs a module's `at_install` tests as soon as that module is loaded, which is before any addon
that extends it: they would say nothing about ours, and on an installed database they fail on
columns of modules that are not loaded yet. Here they run after installation, with all addons.
"""

import sys

sys.path.pop(0)  # this script's own folder: its neighbours are none of Odoo's business

import odoo.cli
from odoo.tests import loader

run_at = loader.make_suite


def make_suite(module_names, position="at_install"):
    if position == "at_install":
        return loader.OdooSuite([])
    early, late = (list(run_at(module_names, name)) for name in ("at_install", "post_install"))
    return loader.OdooSuite(sorted(early + late, key=lambda test: getattr(test, "test_sequence", 0)))


loader.make_suite = make_suite

if __name__ == "__main__":
    odoo.cli.main()
