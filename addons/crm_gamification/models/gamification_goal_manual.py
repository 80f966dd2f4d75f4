from datetime import timedelta

from odoo import fields, models

from .mend import is_mended


class GamificationGoal(models.Model):
    """Goals whose value a person records."""

    _inherit = "gamification.goal"

    def _settle_manual(self):
        """Goals recorded by hand end too; one that a person has marked reached stays so."""
        open_goals = self.filtered(lambda goal: goal.state != "reached")
        open_goals._write_changes({goal: goal._changes_with(goal.current) for goal in open_goals})

    def _check_remind_delay(self):
        """Remind the person once, as long as the goal runs.

        Odoo's own asks the goal to send the message, which a goal can't: the job stops there, for everybody.
        """
        if not is_mended(self.env):
            return super()._check_remind_delay()
        if self.to_update or self.state != "inprogress" or not self.remind_update_delay or not self.last_update:
            return {}
        today = fields.Date.today()
        if self.end_date and self.end_date < today:
            return {}
        if today - self.last_update < timedelta(days=self.remind_update_delay):
            return {}
        template = self.env.ref("gamification.email_template_goal_reminder")
        self.env["mail.thread"].message_notify(
            model=self._name,
            res_id=self.id,
            body=template._render_field("body_html", self.ids, compute_lang=True)[self.id],
            subject=self.env._("Update %(goal)s", goal=self.definition_id.name),
            partner_ids=self.user_id.partner_id.ids,
            email_layout_xmlid="mail.mail_notification_light",
        )
        return {"to_update": True}
