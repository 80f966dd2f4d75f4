from odoo import models

from .mend import is_mended


class GamificationChallenge(models.Model):
    _inherit = "gamification.challenge"

    def _get_serialized_challenge_lines(self, user=(), restrict_goals=(), restrict_top=0):
        """Reports of the running period, whose week ends as ours does; a person's own also while goals are open."""
        if not is_mended(self.env):
            return super()._get_serialized_challenge_lines(user, restrict_goals, restrict_top)
        if self.visibility_mode == "personal" and user:
            return self._get_personal_lines(user, restrict_goals)
        goals = restrict_goals or self.env["gamification.goal"].search(self._get_goals_domain(self._get_period()))
        return super()._get_serialized_challenge_lines(user, goals, restrict_top)

    def _get_personal_lines(self, user, restrict_goals=()):
        """One person's lines, reached or not, in Odoo's own format."""
        domain = [("id", "in", restrict_goals.ids)] if restrict_goals else self._get_goals_domain(self._get_period())
        domain += [("line_id", "in", self.line_ids.ids), ("user_id", "=", user.id), ("state", "!=", "draft")]
        goals = self.env["gamification.goal"].search(domain)
        by_line = {goal.line_id: goal for goal in reversed(goals)}
        return [self._prepare_personal_line(line, by_line[line]) for line in self.line_ids if line in by_line]

    def _prepare_personal_line(self, line, goal):
        definition = line.definition_id
        return {
            "name": definition.name,
            "description": definition.description,
            "condition": definition.condition,
            "computation_mode": definition.computation_mode,
            "monetary": definition.monetary,
            "suffix": definition.suffix,
            "full_suffix": definition.full_suffix,
            "action": bool(definition.action_id),
            "display_mode": definition.display_mode,
            "target": line.target_goal,
            "id": goal.id,
            "current": goal.current,
            "completeness": goal.completeness,
            "state": goal.state,
        }
