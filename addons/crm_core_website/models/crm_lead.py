import logging

from odoo import models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class CrmLead(models.Model):
    """Tells the event log that the website's form made a lead, and what its sender looked at before."""

    _inherit = "crm.lead"

    def _event_record_form(self):
        """Called once the form has linked the visitor; the form is answered whatever happens here."""
        try:
            with self.env.cr.savepoint():
                leads = self.exists()
                forms = leads._event_form_rows(SQL("lead.id = ANY(%s)", leads.ids))
                visits = self.env["website.track"]._event_visits_before(SQL("lead.id = ANY(%s)", leads.ids))
                self.env["crm.lead.event"]._record(visits + forms)
        except Exception:
            _logger.exception("What the sender of a form did is not told of the leads %s", self.ids)
            self.env.transaction.clear()

    def _event_form_rows(self, where):
        """The events that the sending of forms was: leads of visitors who are no employees.

        :param SQL where: of which leads, in terms of `lead` and `visitor`
        """
        self.env["website.visitor"].flush_model(["lead_ids", "partner_id"])
        return [
            {
                "lead_id": lead_id,
                "kind": "form_sent",
                "moment": moment,
                "actor_id": customer,
                "direction": "in",
                "model": "crm.lead",
                "res_id": lead_id,
            }
            for lead_id, moment, customer in self.env.execute_query(
                SQL(
                    """
                    SELECT lead.id, lead.create_date, max(visitor.partner_id)
                      FROM crm_lead lead
                      JOIN crm_lead_website_visitor_rel link ON link.crm_lead_id = lead.id
                      JOIN website_visitor visitor ON visitor.id = link.website_visitor_id
                     WHERE %s AND %s
                     GROUP BY lead.id
                    """,
                    where,
                    self.env["website.track"]._event_no_employee(),
                )
            )
        ]
