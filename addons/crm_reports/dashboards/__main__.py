"""`python addons/crm_reports/dashboards`: write the files of all boards."""

import sys
import types
from pathlib import Path

ADDON = Path(__file__).resolve().parent.parent


def main():
    # the addon's own __init__ needs Odoo, the builder does not
    package = types.ModuleType(ADDON.name)
    package.__path__ = [str(ADDON)]
    sys.modules[ADDON.name] = package
    from crm_reports.dashboards.files import write

    write()


main()
