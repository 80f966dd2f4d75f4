from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.crm_core.event_log.kinds import EventKind

_lt = LazyTranslate(__name__)

FACTS = ("order", "amount")
KINDS = {
    "quotation_sent": EventKind(_lt("Quotation sent"), "fa-file-text-o", "talk", contact="out", data=FACTS),
    "quotation_viewed": EventKind(_lt("Quotation viewed"), "fa-eye", "talk", touch=True, data=FACTS),
    "order_confirmed": EventKind(_lt("Order confirmed"), "fa-shopping-cart", "talk", touch=True, data=FACTS),
}


class CrmLeadEvent(models.Model):
    _inherit = "crm.lead.event"

    @api.model
    def _event_kinds(self):
        return {**super()._event_kinds(), **KINDS}
