from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.crm_core.event_log.kinds import EventKind

_lt = LazyTranslate(__name__)

KINDS = {
    "page_visited": EventKind(_lt("Page visited"), "fa-globe", "talk", True, data=("page",)),
    "downloaded": EventKind(_lt("Document downloaded"), "fa-download", "talk", True, data=("document",)),
    "form_sent": EventKind(_lt("Form sent"), "fa-wpforms", "talk", True, "in"),
}


class CrmLeadEvent(models.Model):
    _inherit = "crm.lead.event"

    @api.model
    def _event_kinds(self):
        return {**super()._event_kinds(), **KINDS}
