from odoo import models
from odoo.tools import SQL

DIRECTIONS = {"visitor": "in", "agent": "out"}


class DiscussChannel(models.Model):
    """Tells the event log of live chats that became leads."""

    _inherit = "discuss.channel"

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if self.channel_type == "livechat" and self.has_crm_lead:
            self._event_record(self.sudo().lead_ids, message)
        return result

    def _event_record(self, leads, message=None):
        """Each side's first message is an event of the leads; where `message` is given, only that one."""
        rows = self._event_rows_of(leads)
        self.env["crm.lead.event"]._record([row for row in rows if not message or row["res_id"] == message.id])

    def _event_rows_of(self, leads):
        return [
            {
                "lead_id": lead.id,
                "kind": f"chat_{DIRECTIONS[found['side']]}",
                "moment": found["date"],
                "actor_id": found["author_id"],
                "direction": DIRECTIONS[found["side"]],
                "model": "mail.message",
                "res_id": found["id"],
                "data": {"channel": found["channel_id"]},
            }
            for found in self._event_firsts()
            for lead in leads
            if lead.origin_channel_id.id == found["channel_id"]
        ]

    def _event_firsts(self):
        """The first message of the visitor and of a person on our side, for each channel."""
        self.env["mail.message"].flush_model()
        self.env["im_livechat.channel.member.history"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT DISTINCT ON (side.channel_id, side.livechat_member_type)
                       message.id, message.date, message.author_id,
                       side.channel_id, side.livechat_member_type AS side
                  FROM im_livechat_channel_member_history side
                  JOIN mail_message message ON message.model = 'discuss.channel'
                       AND message.res_id = side.channel_id
                       AND (message.author_id = side.partner_id OR message.author_guest_id = side.guest_id)
                 WHERE side.channel_id = ANY(%s) AND side.livechat_member_type = ANY(%s)
                       AND message.message_type NOT IN ('notification', 'user_notification')
                 ORDER BY side.channel_id, side.livechat_member_type, message.id
                """,
                list(self._ids),
                list(DIRECTIONS),
            )
        )
