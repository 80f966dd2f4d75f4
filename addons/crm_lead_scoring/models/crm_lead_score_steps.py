from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CrmLead(models.Model):
    """What a person can do to raise a score, each with the screen where it is done."""

    _inherit = "crm.lead"

    def action_score_step(self, step):
        """Open where a step is taken.

        :param str step: as `get_score_reasons` names it
        :return: action
        """
        self.ensure_one()
        self._check_score_access()
        actions = self._score_step_actions()
        if step not in actions:
            raise UserError(self.env._("There is no such step."))
        return actions[step]()

    def _score_step_actions(self):
        """step -> what returns its action; addons that add steps add theirs."""
        return {
            "phone": self._score_step_phone,
            "meeting": self.action_schedule_meeting,
            "next_step": self._score_step_activity,
            "message": self._score_step_message,
        }

    def _score_step_phone(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Phone Number"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("crm_lead_scoring.crm_lead_view_form_phone").id, "form")],
            "target": "new",
        }

    def _score_step_activity(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule Activity"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids, "active_id": self.id},
        }

    def _score_step_message(self):
        """Addressed to the customer. Where only his address is known he becomes a contact, as in the chatter."""
        action = self.env["ir.actions.actions"]._for_xml_id("crm.action_lead_mail_compose")
        customer = self.partner_id or (
            self._partner_find_from_emails_single([self.email_from]) if self.email_from else self.partner_id
        )
        action["context"] = {
            "default_composition_mode": "comment",
            "default_model": self._name,
            "default_res_ids": self.ids,
            "default_partner_ids": customer.ids,
        }
        return action

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Best first means the highest score, not leads that have none."""
        if field_name == "win_score" and not nulls.code and direction.code == "DESC":
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
