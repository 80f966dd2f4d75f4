from odoo import fields, models
from odoo.fields import Domain

from .res_partner import SALESPERSON

ROLES = [
    ("manager", "Partner Manager: all leads of the partner, gives them to colleagues"),
    ("user", "Partner User: the leads assigned to this person"),
]


class ResPartner(models.Model):
    """In which role a partner's contact works on its leads. Without a role he sees all of them, as in Odoo."""

    _inherit = "res.partner"

    reseller_role = fields.Selection(
        ROLES,
        "Role in the Portal",
        groups=SALESPERSON,
        help="Which leads of the partner this contact sees, where the portal of the partners is on. "
        "Without a role: all of them.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("reseller_role") == "user":
            self._unfollow_others_leads()
        return result

    def _unfollow_others_leads(self):
        """Who sees his own leads only does not go on getting the messages of his colleagues' ones."""
        followers = self.env["mail.followers"].sudo()
        followed = followers.search([("res_model", "=", "crm.lead"), ("partner_id", "in", self.ids)])
        leads = self.env["crm.lead"].sudo().browse(followed.mapped("res_id")).exists()
        held_by = {lead.id: lead.partner_assigned_id for lead in leads}
        followed.filtered(lambda one: held_by.get(one.res_id) and held_by[one.res_id] != one.partner_id).unlink()

    def _leads_of_partner_domain(self):
        """Which leads the contact works on, by his role. It asks for the company he is in now: a rule's own
        domain is remembered, and would go on showing the leads of the company that he left.
        """
        contact = self.sudo()
        if contact.reseller_role == "user":
            return Domain("partner_assigned_id", "=", contact.id)
        same = [("commercial_partner_id", "=", contact.commercial_partner_id.id)]
        return Domain("partner_assigned_id", "any!", same)
