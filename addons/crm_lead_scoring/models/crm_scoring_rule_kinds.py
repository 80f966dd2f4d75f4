from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.crm_core.event_log.as_of import DONE

from ..rule_kinds import mailbox
from ..rule_kinds.answer import AnsweredWithin
from ..rule_kinds.event import ActivityDone, EventHappened
from ..rule_kinds.lead_filter import LeadFilter
from ..rule_kinds.mailbox import Mailbox

_lt = LazyTranslate(__name__)

DISPOSABLE = ("disposable-email-domains", mailbox.DISPOSABLE is not None)
KINDS = {
    "filter": LeadFilter(_lt("Filter on the lead"), _lt("The lead fits a filter, for as long as it does")),
    "activity_done": ActivityDone(_lt("Activity done"), _lt("An activity was done"), DONE),
    "answered": EventHappened(_lt("Customer wrote"), _lt("The customer wrote or answered by e-mail"), ["message_in"]),
    "opened": EventHappened(_lt("Mailing opened"), _lt("A mailing was opened"), ["mail_opened"]),
    "clicked": EventHappened(_lt("Link clicked"), _lt("A link in a mailing was clicked"), ["link_clicked"]),
    "meeting_held": EventHappened(_lt("Meeting held"), _lt("A meeting was held"), ["meeting_held"]),
    "visited": EventHappened(_lt("Page visited"), _lt("A page of the website was visited"), ["page_visited"]),
    "form_sent": EventHappened(_lt("Form sent"), _lt("A form of the website was sent"), ["form_sent"]),
    "downloaded": EventHappened(_lt("Something downloaded"), _lt("A document was downloaded"), ["downloaded"]),
    "answered_within": AnsweredWithin(
        _lt("Quick first answer"),
        _lt("Our first answer came in time"),
        ["created", "imported", "message_in", "message_out", "call_out", "sms_out", "meeting_held"],
    ),
    "generic_mailbox": Mailbox(
        _lt("Common mailbox"), _lt("The e-mail address is info@, sales@ and the like"), mailbox.is_generic
    ),
    "disposable_mailbox": Mailbox(
        _lt("Throw-away mailbox"),
        _lt("The e-mail address is of a provider of throw-away mailboxes"),
        mailbox.is_disposable,
        DISPOSABLE,
    ),
    "free_mailbox": Mailbox(_lt("Free mailbox"), _lt("The e-mail address is of a public provider"), mailbox.is_free),
    "company_domain": Mailbox(
        _lt("Company's mailbox"), _lt("The e-mail address is at a domain of its own"), mailbox.is_company
    ),
}


class CrmScoringRule(models.Model):
    """What a rule can go by."""

    _inherit = "crm.scoring.rule"

    @api.model
    def _rule_kinds(self):
        """Technical name -> RuleKind. Addons add theirs: `{**super()._rule_kinds(), …}`."""
        return KINDS

    @api.model
    def _selection_kind(self):
        """The kinds that can be chosen here, and those that rules have already."""
        kinds = self._rule_kinds()
        used = {kind for (kind,) in self._used_kinds()}
        offered = [(name, str(kind.label)) for name, kind in kinds.items() if kind.is_offered(self.env) or name in used]
        return offered + [(name, name) for name in sorted(used - set(kinds))]
