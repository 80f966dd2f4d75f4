from odoo import api, models
from odoo.tools import ormcache
from odoo.tools.translate import LazyTranslate

from odoo.addons.crm_core.event_log.kinds import EventKind

_lt = LazyTranslate(__name__)


class CrmLeadEvent(models.Model):
    _inherit = "crm.lead.event"

    @api.model
    @ormcache()
    def _event_kinds(self):
        return {**super()._event_kinds(), "assigned": EventKind(_lt("Given"), "fa-share", data=("user", "team", "why"))}
