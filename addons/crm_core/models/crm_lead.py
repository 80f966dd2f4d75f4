from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..note.phone_note import read_note


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_schedule_meeting(self, smart_calendar=True):
        """A meeting planned from a lead belongs to that lead, as one from an opportunity does."""
        action = super().action_schedule_meeting(smart_calendar=smart_calendar)
        if self.type == "lead":
            context = dict(action["context"])
            context.update(search_default_opportunity_id=self.id, default_opportunity_id=self.id)
            if smart_calendar:
                mode, initial_date = self._get_opportunity_meeting_view_parameters()
                context.update(default_mode=mode, initial_date=initial_date)
            action["context"] = context
        return action

    @api.model
    def create_from_phone_note(self, text):
        """Note a phone enquiry in one line.

        :param str text: what the caller said, with a phone number or an address anywhere in it
        :return: what to show: `id` and `name` of the new lead
        """
        country = self.env.company.country_id
        note = read_note(text or "", country.code)
        if not note.title:
            raise UserError(self.env._("Write in a few words who called and why."))
        lead = self.create(self._prepare_phone_note_vals(note))
        return {"id": lead.id, "name": lead.display_name, "type": lead.type}

    @api.model
    def _prepare_phone_note_vals(self, note):
        medium = self.env["utm.mixin"]._find_or_create_record("utm.medium", "Phone")
        return {
            "name": note.title,
            "phone": note.phone,
            "email_from": note.email,
            "description": plaintext2html(note.text),
            "medium_id": medium.id,
            "user_id": self.env.user.id,
        }
