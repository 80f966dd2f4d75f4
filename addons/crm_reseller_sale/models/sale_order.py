from odoo import fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import format_amount, format_date, plaintext2html

TASK = "mail.mail_activity_data_todo"


class SaleOrder(models.Model):
    """A quotation that a partner made for an opportunity of his."""

    _inherit = "sale.order"

    reseller_id = fields.Many2one(
        "res.partner",
        "Made by Partner",
        copy=False,
        index="btree_not_null",
        readonly=True,
        groups="base.group_user",
        help="The partner who made this quotation in the portal. It goes to the customer when you send it.",
    )
    # of the form that made it: sent twice it makes one quotation
    reseller_token = fields.Char(copy=False, groups=NO_ACCESS)

    _reseller_token_unique = models.UniqueIndex(
        "(opportunity_id, reseller_token) WHERE reseller_token IS NOT NULL", "This quotation is made already."
    )

    def _for_partner(self):
        """All that a partner reads of a quotation, as plain values."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "day": format_date(self.env, self.create_date),
            "total": format_amount(self.env, self.amount_total, self.currency_id),
            "state": self.state,
            "state_words": self._partner_words(),
            "can_be_withdrawn": self._can_be_withdrawn(),
        }

    def _partner_words(self):
        return {
            "draft": self.env._("We are checking it"),
            "sent": self.env._("Sent to the customer"),
            "sale": self.env._("Ordered"),
            "cancel": self.env._("Withdrawn or cancelled"),
        }.get(self.state, "")

    def _can_be_withdrawn(self):
        """As long as nobody but partners has written it."""
        writers = self.write_uid | self.order_line.write_uid
        return self.state == "draft" and not self.locked and all(user.share for user in writers)

    def _partner_withdraw(self):
        """:return: why it does not go, in words; nothing when it is done"""
        if self.state == "cancel":
            return ""
        if not self._can_be_withdrawn():
            return self.env._("We are working on this quotation already. Write a message about it.")
        self.action_cancel()
        self.activity_unlink([TASK])
        self._message_log(body=self.env._("Withdrawn by the partner."), author_id=self.env.user.partner_id.id)
        return ""

    def _tell_of_quotation(self, note, known):
        """Whoever is to look at it: the salesperson, else the team's leader, else the channel managers.

        :param note: of the partner, as text
        :param known: contacts with the customer's address, where the customer was made just now
        """
        author = self.env.user.partner_id
        words = self.env._("Made in the portal by %(contact)s.", contact=author.display_name)
        self._message_log(body=plaintext2html(f"{words}\n{note}"), author_id=author.id)
        user = next((one for one in (self.user_id, self.team_id.user_id) if one.active and not one.share), None)
        if not user:
            self.company_id._tell_channel_managers(self, lambda order: order._quotation_words(note, known))
            return
        summary, body = self.with_context(lang=user.lang)._quotation_words(note, known)
        self.activity_schedule(TASK, fields.Date.context_today(self), summary, body, user_id=user.id)

    def _quotation_words(self, note, known):
        words = [
            self.env._("Quotation made by %(partner)s", partner=self.reseller_id.name),
            self.env._("Check %(name)s, and send it to the customer.", name=self.name),
        ]
        if known:
            names = ", ".join(known.mapped("display_name"))
            words.append(
                self.env._(
                    "The customer was entered from the opportunity. Contacts with the same e-mail address: %(names)s.",
                    names=names,
                )
            )
        return words[0], plaintext2html("\n".join([*words[1:], note]).strip())
