from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.crm_core.event_log.kinds import EventKind

_lt = LazyTranslate(__name__)

KINDS = {
    "mailing_sent": EventKind(_lt("Mailing sent"), "fa-paper-plane-o", "talk", data=("mailing",)),
    "mail_opened": EventKind(_lt("Mailing opened"), "fa-envelope-open-o", "talk", touch=True, data=("mailing",)),
    "link_clicked": EventKind(_lt("Link clicked"), "fa-mouse-pointer", "talk", touch=True, data=("trace", "link")),
    "unsubscribed": EventKind(_lt("Unsubscribed"), "fa-ban", "talk", touch=True),
}


class CrmLeadEvent(models.Model):
    _inherit = "crm.lead.event"

    @api.model
    def _event_kinds(self):
        return {**super()._event_kinds(), **KINDS}
