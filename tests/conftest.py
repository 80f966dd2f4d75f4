"""Lets tests import an addon's pure engines under their real names, without Odoo.

`from crm_core.process.plan import …` would run the addon's own `__init__`, which needs Odoo: so
each addon stands in `sys.modules` as a bare package that knows nothing but its folder.
"""

import sys
import types
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

for manifest in (TOP / "addons").glob("*/__manifest__.py"):
    package = types.ModuleType(manifest.parent.name)
    package.__path__ = [str(manifest.parent)]
    sys.modules.setdefault(manifest.parent.name, package)
