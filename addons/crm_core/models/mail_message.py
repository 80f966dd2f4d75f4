from odoo import api, fields, models
from odoo.tools import SQL

from ..event_log.messages import SILENT_TYPES, Message, sent_at, understand

AUTOMATIC = "crm_core_automatic"  # context: the mail gateway found an automatic answer
ANSWERS = "crm_core_answers"  # context: the message that an incoming mail answers


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        on_leads = [
            message.id
            for message, vals in zip(messages, vals_list, strict=False)
            if vals.get("model") == "crm.lead" and vals.get("message_type") not in SILENT_TYPES
        ]
        if on_leads:
            pending = self.env["crm.lead.event"]._pending()
            if pending.is_on:
                known = (bool(self.env.context.get(AUTOMATIC)), self.env.context.get(ANSWERS))
                pending.messages += [(message_id, known) for message_id in on_leads]
        return messages

    @api.model
    def _event_rows(self, messages):
        """The events that messages on leads are.

        :param list messages: (message id, (automatic, id of the message it answers or None))
        """
        if not messages:
            return []
        known, now, rows = dict(messages), fields.Datetime.now(), []
        self.flush_model()
        self.env["mail.notification"].flush_model()
        for found in self._event_facts(SQL("message.id IN %s", tuple(known))):
            automatic, answers = known[found["id"]]
            row = self._event_row(found, automatic)
            if row:
                row["moment"] = sent_at(found["date"], now) if row["direction"] == "in" else now
                if answers and "answers" in self.env["crm.lead.event"]._event_kinds()[row["kind"]].data:
                    row["data"] = {"answers": answers}
                rows.append(row)
        return rows

    @api.model
    def _event_row(self, found, automatic=False):
        """An event of what `_event_facts` found, or None where another event tells it."""
        message = Message(
            message_type=found["message_type"],
            is_step=found["is_step"],
            is_internal=found["is_internal"],
            is_ours=found["is_ours"],
            is_robot=found["is_robot"],
            went_out=found["went_out"],
            is_automatic=automatic,
        )
        understood = understand(message)
        if not understood:
            return None
        kind, direction = understood
        return {
            "lead_id": found["res_id"],
            "kind": kind,
            "direction": direction,
            "actor_id": found["author_id"],
            "model": "mail.message",
            "res_id": found["id"],
        }

    @api.model
    def _event_facts(self, where):
        """What can be known of messages on leads, by SQL, in the order of their ids.

        :param SQL where: which ones; the table is called `message`
        """
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT message.id, message.res_id, COALESCE(message.date, message.create_date) AS date,
                       message.create_date, message.message_type, message.author_id,
                       message.subtype_id, message.mail_activity_type_id AS step_type,
                       (message.mail_activity_type_id IS NOT NULL OR message.subtype_id = %(done)s) IS TRUE AS is_step,
                       (message.is_internal OR subtype.id IS NULL OR subtype.internal) IS TRUE AS is_internal,
                       EXISTS (SELECT FROM res_users u
                                WHERE u.partner_id = message.author_id AND NOT u.share) AS is_ours,
                       (message.author_id = %(robot)s) IS TRUE AS is_robot,
                       message.message_type = 'email_outgoing'
                       OR EXISTS (SELECT FROM mail_notification n
                             LEFT JOIN res_partner p ON p.id = n.res_partner_id
                                 WHERE n.mail_message_id = message.id
                                   AND (p.id IS NULL OR p.partner_share)) AS went_out
                  FROM mail_message message
             LEFT JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
                 WHERE message.model = 'crm.lead' AND message.res_id IS NOT NULL AND %(where)s
                 ORDER BY message.id
                """,
                done=self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_activities"),
                robot=self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root"),
                where=where,
            )
        )
