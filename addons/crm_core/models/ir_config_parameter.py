from odoo import api, models
from odoo.tools import ormcache

OURS = "crm_"


class IrConfigParameter(models.Model):
    """Reads the suite's parameters all at once: whatever is off asks the database nothing of its own."""

    _inherit = "ir.config_parameter"

    @api.model
    def _get_param(self, key):
        if isinstance(key, str) and key.startswith(OURS):
            return self._crm_params().get(key)
        return super()._get_param(key)

    @api.model
    @ormcache(cache="stable")
    def _crm_params(self):
        self.flush_model(["key", "value"])
        self.env.cr.execute("SELECT key, value FROM ir_config_parameter WHERE starts_with(key, %s)", [OURS])
        return dict(self.env.cr.fetchall())
