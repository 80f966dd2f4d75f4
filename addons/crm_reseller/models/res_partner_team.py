from odoo import models
from odoo.exceptions import LockError

ROLES = ("manager", "user")


class ResPartner(models.Model):
    """The people of a partner who can log in, as their partner manager sees them."""

    _inherit = "res.partner"

    def _team(self):
        """The contact's colleagues that can log in, and he himself."""
        company = self.sudo().commercial_partner_id
        domain = [("commercial_partner_id", "=", company.id), ("user_ids.share", "=", True)]
        return self.env["res.partner"].sudo().search(domain, order="name, id")

    def _team_page(self):
        """:return: the team's rows, and how many open opportunities are the company's and nobody's; plain values"""
        team, company = self._team(), self.sudo().commercial_partner_id
        domain = [
            *(("type", "=", "opportunity"), ("won_status", "=", "pending")),
            ("partner_assigned_id", "in", (team | company).ids),
        ]
        counts = self.env["crm.lead"]._read_group(domain, ["partner_assigned_id"], ["__count"])
        held = {contact.id: count for contact, count in counts}
        managers = team.filtered(lambda one: one.reseller_role == "manager")
        rows = [
            {
                "id": one.id,
                "name": one.name or one.email or "",
                "email": one.email or "",
                "role": one.reseller_role or "",
                "role_words": self._team_role_words(one.reseller_role),
                "open": held.get(one.id, 0),
                "is_me": one.id == self.id,
                "is_last": one == managers,
            }
            for one in team
        ]
        return rows, 0 if company in team else held.get(company.id, 0)

    def _team_role_words(self, role):
        words = {"manager": self.env._("Partner manager"), "user": self.env._("Partner user")}
        return words.get(role) or self.env._("No role")

    def _team_change_role(self, contact, role):
        """:param contact: one of the team
        :return: why it does not go, in words; nothing when it is done
        """
        if role not in ROLES:
            return self.env._("Please choose a role from the list.")
        if contact.reseller_role == role:
            return ""
        managers = self._team().filtered(lambda one: one.reseller_role == "manager")
        try:
            managers.lock_for_update(allow_referencing=True)
        except LockError:
            return self.env._("Somebody else is changing this just now. Please try again.")
        if managers == contact:
            return self.env._("Somebody has to be partner manager: make a colleague one first.")
        before = self._team_role_words(contact.reseller_role)
        contact.reseller_role = role
        self._team_note(contact, before)
        return ""

    def _team_note(self, contact, before):
        """In the chatter of the contact and of his company."""
        body = self.env._(
            "%(manager)s changed the role of %(contact)s in the portal: %(before)s → %(after)s",
            manager=self.name,
            contact=contact.name,
            before=before,
            after=self._team_role_words(contact.reseller_role),
        )
        told = contact | contact.commercial_partner_id
        told._message_log_batch(dict.fromkeys(told.ids, body), author_id=self.id)
