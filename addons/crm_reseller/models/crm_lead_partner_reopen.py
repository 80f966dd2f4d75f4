from datetime import timedelta

import pytz

from odoo import fields, models

REOPEN_DAYS = 14
OUTCOMES = ("won", "lost", "reopened")


class CrmLead(models.Model):
    """What a partner closed by mistake, he opens again: lost within two weeks, won on the same day."""

    _inherit = "crm.lead"

    def _partner_reopen(self):
        """As Odoo restores a lead. :return: why it does not go, in words; nothing when it is done"""
        if trouble := self._why_not_reopened():
            return trouble
        lead = self.sudo()
        if lead.won_status == "won":
            lead.stage_id = self._stage_before_won()
        else:
            lead.action_restore()
        lead._partner_tell([self.env._("Opened again.")])
        return ""

    def _why_not_reopened(self):
        lead = self.sudo()
        if lead.won_status not in ("won", "lost"):
            return self.env._("This opportunity is open.")
        closing, who = self._own_event(OUTCOMES), lead.user_id.name or self._offering_company().sudo().name
        contact = self.env.user.partner_id
        if lead.won_status == "lost":
            since = fields.Datetime.now() - timedelta(days=REOPEN_DAYS)
            closed_by = self.env["res.partner"].sudo().browse(closing.actor_id)
            if (
                closing.kind == "lost"
                and closing.moment >= since
                and closed_by.commercial_partner_id == contact.sudo().commercial_partner_id
            ):
                return ""
            return self.env._("This opportunity is closed. If it should be opened again, write to %(who)s.", who=who)
        is_own = closing.kind == "won" and closing.actor_id == contact.id
        if is_own and self._is_today(closing.moment) and self._stage_before_won():
            return ""
        return self.env._("This opportunity is won already. If that is a mistake, write to %(who)s.", who=who)

    def _is_today(self, moment):
        zone = pytz.timezone(self._partner_zone())
        days = [pytz.UTC.localize(one).astimezone(zone).date() for one in (moment, fields.Datetime.now())]
        return days[0] == days[1]

    def _stage_before_won(self):
        moved = self._own_event(["stage_moved"])
        stages = self.env["crm.stage"].sudo()
        if not moved or moved.data.get("to") != self.stage_id.id:
            return stages
        stage = stages.browse(moved.data.get("from")).exists()
        return stage if stage._is_partner_target() else stages

    def _own_event(self, kinds):
        """The last event of these kinds that happened to this lead, and to none that was merged into it."""
        events = self.env["crm.lead.event"].sudo()
        events._flush()
        domain = [("lead_id", "=", self.id), ("kind", "in", kinds), ("origin_id", "in", (0, False))]
        return events.search(domain, order="moment desc, id desc", limit=1)
