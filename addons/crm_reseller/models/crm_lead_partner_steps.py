from markupsafe import Markup

from odoo import fields, models
from odoo.tools import plaintext2html

from ..pipeline.allowed import CONTACT
from ..pipeline.asked import number

LENGTH = 2000
MOST_BYTES = 10 * 1024 * 1024


class CrmLead(models.Model):
    """What a partner does with a lead. Each step takes what was entered as text, and returns in words why it does
    not go, or nothing when it is done.
    """

    _inherit = "crm.lead"

    def _partner_do(self, step, entries, proof=None):
        """:param step: one of the names below, anything else is refused
        :param proof: (name of the file, bytes), for `won`
        """
        self.check_access("read")
        steps = {
            "move": lambda: self._partner_move(number(entries.get("stage_id"))),
            "edit": lambda: self._partner_edit(entries),
            "next": lambda: self._partner_plan(entries),
            "done": lambda: self._partner_finish(entries),
            "won": lambda: self._partner_win(entries, proof),
            "lost": lambda: self._partner_lose(entries),
            "meeting": lambda: self._partner_propose(entries, (entries.get("text") or "").strip()[:LENGTH]),
            "quotation": lambda: self._partner_ask("mail.mail_activity_data_todo", entries),
            "give": lambda: self._partner_give(entries),
            "reopen": self._partner_reopen,
        }
        return steps[step]() if step in steps else self.env._("This is not possible here.")

    def _partner_edit(self, entries):
        if trouble := self._why_partner_waits():
            return trouble
        vals = {name: (entries[name] or "").strip()[:200] for name in CONTACT & set(entries) if name[-3:] != "_id"}
        if "expected_revenue" in entries:
            registrations, errors = self.env["crm.deal.registration"], {}
            vals["expected_revenue"] = registrations._read_amount(entries["expected_revenue"], errors)
            vals["date_deadline"] = registrations._read_date(entries.get("date_deadline"), errors)
            if errors:
                return next(iter(errors.values()))
        self.sudo().write(vals)
        return ""

    def _partner_plan(self, entries):
        """His one next step on the lead."""
        errors = {}
        day = self.env["crm.deal.registration"]._read_date(entries.get("day"), errors)
        summary = (entries.get("summary") or "").strip()[:120]
        if errors or not day or not summary:
            return self.env._("Please enter what you will do next, and the day.")
        if trouble := self._why_partner_waits():
            return trouble
        vals = {"summary": summary, "date_deadline": day}
        if step := self._partner_steps(self.ids).get(self.id):
            step.write(vals)
        else:
            self.sudo().activity_schedule("mail.mail_activity_data_todo", day, summary, user_id=self.env.uid)
        return ""

    def _partner_finish(self, entries):
        step = self._partner_steps(self.ids).get(self.id)
        if not step:
            return self.env._("This step is done already.")
        step.action_feedback(feedback=plaintext2html((entries.get("text") or "").strip()[:LENGTH]))
        return ""

    def _partner_win(self, entries, proof):
        """Won takes a file or the number of the order."""
        if trouble := self._why_partner_waits():
            return trouble
        order = (entries.get("order") or "").strip()[:60]
        if not order and not (proof and proof[1]):
            return self.env._("Please enter the order's number, or attach the order.")
        if proof and len(proof[1]) > MOST_BYTES:
            return self.env._("The file is too big: 10 MB at most.")
        lead = self.sudo()
        if not lead._stage_find(domain=[("is_won", "=", True)]):
            return self.env._("This can't be marked as won here. Write a message about it.")
        told = [self.env._("Won.")] + ([self.env._("Order: %(order)s", order=order)] if order else [])
        lead._partner_tell(told, [proof] if proof and proof[1] else [])
        lead.action_set_won()
        return ""

    def _partner_lose(self, entries):
        if trouble := self._why_partner_waits():
            return trouble
        reason = self.env["crm.lost.reason"].sudo().browse(number(entries.get("reason_id"))).exists()
        if not reason.reseller_open:
            return self.env._("Please choose a reason from the list.")
        words = (entries.get("text") or "").strip()[:LENGTH]
        lead = self.sudo()
        lead._partner_tell([self.env._("Lost: %(reason)s", reason=reason.name)] + ([words] if words else []))
        lead.action_set_lost(lost_reason_id=reason.id)
        return ""

    def _partner_ask(self, activity, entries):
        """A message, and an activity for the salesperson, so that it is not overlooked."""
        words = (entries.get("text") or "").strip()[:LENGTH]
        if not words:
            return self.env._("Please write a few words.")
        lead, summary = self.sudo(), self.env._("A quotation is asked for")
        lead._partner_tell([summary, words])
        if lead.user_id:
            lead.activity_schedule(
                activity, fields.Date.context_today(self), summary, plaintext2html(words), user_id=lead.user_id.id
            )
        return ""

    def _partner_give(self, entries):
        """A partner manager gives a lead to a colleague, or back to the company."""
        if not self.env.user._is_partner_manager():
            return self.env._("Only partner managers give opportunities to colleagues.")
        colleague = self._partner_colleagues().filtered(lambda one: one.id == number(entries.get("contact_id")))
        if not colleague:
            return self.env._("Please choose a colleague from the list.")
        lead, manager = self.sudo(), self.env.user.partner_id
        if colleague == lead.partner_assigned_id:
            return ""
        lead.write({"partner_assigned_id": colleague.id, "date_partner_assign": lead.date_partner_assign})
        lead.message_subscribe(colleague.ids)
        told = {"manager": manager.name, "colleague": colleague.name}
        lead._message_log(
            body=self.env._("%(manager)s gave this opportunity to %(colleague)s.", **told), author_id=manager.id
        )
        if colleague != manager:
            lead.message_notify(
                partner_ids=colleague.ids,
                subject=lead.name,
                body=self.env._("%(manager)s gave you the opportunity %(name)s.", manager=manager.name, name=lead.name),
                author_id=manager.id,
            )
        return ""

    def _partner_colleagues(self):
        """The partner's company, and its contacts that can log in."""
        contact = self.env.user.partner_id
        return contact.sudo().commercial_partner_id | contact._team()

    def _partner_tell(self, told, files=()):
        self.message_post(
            body=Markup("<br/>").join(told),
            attachments=list(files),
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _partner_waiting(self):
        """Why he can't change the lead now, whom he asks, and whether he can open it again himself."""
        waits = self._why_partner_waits()
        if not waits or self.sudo().won_status not in ("won", "lost"):
            return {"waits": waits, "can_reopen": False}
        trouble = self._why_not_reopened()
        return {"waits": trouble or waits, "can_reopen": not trouble}

    def _partner_page(self):
        """All that the page of a lead shows, as plain values."""
        self.ensure_one()
        step = self._partner_steps(self.ids).get(self.id)
        stages, team = self.env["crm.stage"].sudo().search([]), self.sudo().team_id
        is_manager = self.env.user._is_partner_manager()
        return {
            **self._partner_card({self.id: step} if step else {}),
            **self._partner_waiting(),
            "salesperson": self.user_id.sudo().name or "",
            "values": {name: self[name] or "" for name in CONTACT if name[-3:] != "_id"},
            "country": self.country_id.name or "",
            "step_iso": fields.Date.to_string(step.date_deadline) if step else "",
            "closing_iso": fields.Date.to_string(self.date_deadline) if self.date_deadline else "",
            "stages": [(stage.id, stage.name) for stage in stages if stage._takes_from_partners(team)],
            "reasons": [
                (reason.id, reason.name)
                for reason in self.env["crm.lost.reason"].sudo().search([("reseller_open", "=", True)])
            ],
            "colleagues": [(one.id, one.name) for one in self._partner_colleagues()] if is_manager else [],
            "colleague_id": self.partner_assigned_id.id,
            "zone": self._partner_zone(),
        }
