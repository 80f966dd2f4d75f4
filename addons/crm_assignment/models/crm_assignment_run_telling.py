from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

SHOWN = 20
MAILED = "crm_assignment.mail_given"


class CrmAssignmentRun(models.Model):
    """Tells salespersons what they were given: one message, with the list, in Discuss and if wanted by mail."""

    _inherit = "crm.assignment.run"

    def _tell_people(self):
        self.env["crm.lead"].flush_model(["user_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT lead.user_id, array_agg(lead.id ORDER BY decision.id) FROM crm_assignment_decision decision"
                "  JOIN crm_lead lead ON lead.id = decision.lead_id AND lead.user_id = decision.user_id"
                " WHERE decision.run_id = %s GROUP BY lead.user_id",
                self.id,
            )
        )
        users, leads = self.env["res.users"], self.env["crm.lead"]
        # what is not shown is not read: there may be thousands
        self._tell_given({users.browse(user): leads.browse(ids).with_prefetch(ids[:SHOWN]) for user, ids in rows})

    @api.model
    def _tell_given(self, by_user):
        """:param dict by_user: res.users -> the leads that each was given"""
        told = {user: leads for user, leads in by_user.items() if leads and user != self.env.user and user.active}
        for user, leads in told.items():
            self._tell_in_app(user, leads)
        if told and self.env["ir.config_parameter"].sudo().get_param(MAILED):
            template = self.env.ref("crm_assignment.mail_template_given", raise_if_not_found=False)
            if template:
                for user, leads in told.items():
                    template.sudo().with_context(given_leads=leads).send_mail(user.id)

    @api.model
    def _tell_in_app(self, user, leads):
        """A message from OdooBot, whatever the user's choice between Inbox and mail is."""
        bot = self.env.ref("base.user_root")
        chats = self.env["discuss.channel"].with_user(bot).with_context(lang=user.lang)
        chat = chats._get_or_create_chat(user.partner_id.ids, pin=False)
        chat.sudo().message_post(
            body=self.with_context(lang=user.lang)._given_words(leads),
            author_id=bot.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    @api.model
    def _given_words(self, leads):
        first = leads[:SHOWN]
        lines = Markup().join(Markup("<li>%s</li>") % lead._get_html_link(title=lead.display_name) for lead in first)
        head = (
            self.env._("A lead was given to you:")
            if len(leads) == 1
            else self.env._("%(number)s leads were given to you:", number=len(leads))
        )
        rest = len(leads) - len(first)
        more = Markup("<p>%s</p>") % self.env._("… and %(number)s more.", number=rest) if rest else Markup()
        return Markup("<p>%s</p><ul>%s</ul>%s") % (head, lines, more)
