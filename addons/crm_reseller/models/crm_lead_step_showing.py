from odoo import models

CHANNEL = "crm_reseller.step"


class CrmLead(models.Model):
    """What partners do is seen at once by who has the CRM open: pages about it are read again, and where it matters a
    few words pop up. The page then reads with its own reader's rights.
    """

    _inherit = "crm.lead"

    def _partner_do(self, step, entries, proof=None):
        trouble = super()._partner_do(step, entries, proof)
        if not trouble:
            self._show_step(step, self.env.user.partner_id)
        return trouble

    def _show_step(self, step, partner):
        """Tell the salesperson and the channel managers of the company, each in his own language."""
        lead = self.sudo()
        for user in lead._who_sees_steps():
            words = lead.with_context(lang=user.lang)._step_words(partner).get(step, "")
            user._bus_send(CHANNEL, {"lead_id": lead.id, "step": step, "words": words})

    def _who_sees_steps(self):
        managers = self.env.ref("crm_reseller.group_channel_manager").all_user_ids
        company = self._offering_company()
        return (managers | self.user_id).filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )

    def _step_words(self, partner):
        """What pops up; other steps are shown in silence."""
        values = {"partner": partner.name, "lead": self.name}
        return {
            "accepted": self.env._("%(partner)s accepted: %(lead)s", **values),
            "declined": self.env._("%(partner)s declined: %(lead)s", **values),
            "won": self.env._("%(partner)s won: %(lead)s", **values),
            "lost": self.env._("%(partner)s lost: %(lead)s", **values),
        }


class CrmLeadOffer(models.Model):
    _inherit = "crm.lead.offer"

    def _accept(self):
        counted = super()._accept()
        if counted:
            self.sudo().lead_id._show_step("accepted", self.sudo().partner_id)
        return counted

    def _decline(self, reason=None, note=""):
        counted = super()._decline(reason, note)
        if counted:
            self.sudo().lead_id._show_step("declined", self.sudo().partner_id)
        return counted
