import ast
from datetime import datetime, time

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..goals.periods import ONE_DAY


class GamificationChallenge(models.Model):
    """The records behind a figure of a board."""

    _inherit = "gamification.challenge"

    def open_figure(self, line_id, user_id, period_offset=0):
        """The leads that made a person's figure in a line; those that the reader may not see are not among them."""
        self.ensure_one()
        reader = self._get_board_reader()
        challenge = self._check_board(reader)
        line = challenge.line_ids.filtered(lambda line: line.id == line_id)
        user = challenge._find_named(user_id, reader)
        if not line or not user:
            raise UserError(self.env._("This figure is not on the leaderboard any more."))
        if not line.definition_id._opens_leads():
            raise UserError(self.env._("There are no leads behind this figure."))
        period = challenge._get_board_period(challenge._clean_offset(period_offset))
        return {
            "type": "ir.actions.act_window",
            "name": f"{line.definition_id.name}: {user.name}",
            "res_model": "crm.lead",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": list(line.definition_id._get_leads_domain(user, period)),
            "context": {"create": False},
        }


class GamificationGoalDefinition(models.Model):
    _inherit = "gamification.goal.definition"

    def _is_amount(self):
        """Whether figures are money."""
        return self.monetary or (self.computation_mode != "count" and self.field_id.ttype == "monetary")

    def _opens_leads(self):
        """Whether what is counted are leads, or records of leads."""
        model = self._is_counted() and self.model_id.model
        if not model or model not in self.env:
            return False
        field = self.env[model]._fields.get("lead_id")
        return model == "crm.lead" or bool(field and field.store and field.comodel_name == "crm.lead")

    def _get_leads_domain(self, user, period):
        """The leads counted for a person in a period."""
        if self.batch_mode:
            key = safe_eval(self.batch_user_expression, {"user": user})
            domain = Domain(ast.literal_eval(self.domain)) & Domain(self.batch_distinctive_field.name, "=", key)
        else:
            domain = Domain(safe_eval(self.domain, {"user": user}))
        domain &= self._get_days_domain(period)
        if self.model_id.model == "crm.lead":
            return domain
        leads = self._get_counted_model()._read_group(domain, ["lead_id"])
        return Domain("id", "in", [lead.id for (lead,) in leads])

    def _get_days_domain(self, period):
        """Days are those of UTC, whatever the time zone of who opens the list."""
        date = self.field_date_id
        if not date:
            return Domain.TRUE
        start, end = period.start, period.end
        if date.ttype == "datetime":
            start = start and str(datetime.combine(start, time.min))
            end = end and str(datetime.combine(end + ONE_DAY, time.min))
        domain = Domain(date.name, ">=", start and str(start)) if start else Domain.TRUE
        return domain & Domain(date.name, "<" if date.ttype == "datetime" else "<=", str(end)) if end else domain
