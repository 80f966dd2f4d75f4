"""No addon of ours bears a name that Odoo owns."""

from tools import databases, odoo_source
from tools.base import ADDONS


def test_no_name_is_odoos():
    """Odoo looks into its own folder first: an addon with a name of Odoo's would never be loaded."""
    folders = odoo_source.core_addons(odoo_source.home())
    core = {manifest.parent.name for folder in folders for manifest in folder.glob("*/__manifest__.py")}
    assert "crm" in core
    assert not core & set(databases.own_addons())


def test_taken_name_is_explained():
    """The folder with the taken name says why it holds no addon, and Odoo passes over it."""
    folder = ADDONS / "crm_iap_mine"
    assert "crm_iap_mine_provider" in (folder / "README.md").read_text()
    assert not (folder / "__manifest__.py").exists()
