from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.crm_core.event_log.kinds import EventKind

_lt = LazyTranslate(__name__)

KINDS = {
    "chat_in": EventKind(_lt("Customer chatted"), "fa-comments-o", "talk", True, "in", ("channel",)),
    "chat_out": EventKind(_lt("Answer in the chat"), "fa-comments", "talk", contact="out", data=("channel",)),
}


class CrmLeadEvent(models.Model):
    _inherit = "crm.lead.event"

    @api.model
    def _event_kinds(self):
        return {**super()._event_kinds(), **KINDS}
