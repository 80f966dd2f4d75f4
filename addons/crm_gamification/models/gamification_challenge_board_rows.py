from odoo import models
from odoo.tools import format_amount, formatLang, hmac

from .gamification_challenge_board import PERSON

MONEY = "money"


class GamificationChallenge(models.Model):
    """What a board says of each row. What the reader may not see does not leave the server."""

    _inherit = "gamification.challenge"

    def _get_board_rows(self, standings, by, reader, people, teams):
        """One dict for each row, in order. Amounts stand in all rows or in none, and in one's own beside the points."""
        if by == PERSON:
            members = {user: [people[user]] for user in teams}
            build = self._get_person_row
        else:
            members = {team: [people[user] for user in teams if teams[user] == team] for team in set(teams.values())}
            build = self._get_team_row
        reads = {key: all(map(reader.reads_deals_of, theirs)) for key, theirs in members.items()}
        with_amounts = self.env.company.game_board_figures == MONEY or all(reads.values())
        return [
            build(standing, reader, members[standing.key])
            | self._get_row_figures(standing, with_amounts)
            | {"figures": self._get_line_figures(standing, by, reader, members[standing.key], with_amounts)}
            for standing in standings
            if standing.key in members
        ]

    def _get_person_row(self, standing, reader, members):
        user, is_named = standing.key, reader.names(members[0])
        return {
            "key": f"user-{user.id}" if is_named else self._hide(user),
            "user_id": is_named and user.id,
            "name": user.name if is_named else self.env._("A colleague"),
            "image": f"/web/image/res.users/{user.id}/avatar_128" if is_named else False,
            "is_me": user.id == reader.id,
        }

    def _get_team_row(self, standing, reader, members):
        team = standing.key
        return {
            "key": f"team-{team.id}",
            "user_id": False,
            "name": team.name or self.env._("Without a team"),
            "image": False,
            "is_me": any(person.id == reader.id for person in members),
        }

    def _hide(self, user):
        """The same for the same person as long as the challenge lasts, so that rows can move, and tells nobody who."""
        return hmac(self.env(su=True), "crm_gamification-colleague", (self.id, user.id))[:16]

    def _get_row_figures(self, standing, with_amounts):
        line, tally = self._get_single(standing)
        percents = self._tell_points(standing.percent), self._tell_points(100)
        if line and (with_amounts or not line.definition_id._is_amount()):
            percents = self._tell_value(line, tally.value), self._tell_value(line, tally.target)
        return {
            "place": standing.place or False,
            "points": round(standing.percent),
            "has_reached": standing.has_reached,
            "figure": percents[0],
            "target": percents[1],
            "gap": self._tell_gap(standing, with_amounts),
            "trend": self._tell_trend(standing, with_amounts),
        }

    def _get_line_figures(self, standing, by, reader, members, with_amounts):
        lines = {line.id: line for line in self.line_ids}
        reads = all(map(reader.reads_deals_of, members))
        opens = by == PERSON and reads and reader.names(members[0])
        return [
            {
                "line_id": tally.line,
                "name": lines[tally.line].definition_id.name,
                "text": self._tell_value(lines[tally.line], tally.value)
                if with_amounts or reads or not lines[tally.line].definition_id._is_amount()
                else self._tell_points(tally.percent),
                "opens": opens and lines[tally.line].definition_id._opens_leads(),
            }
            for tally in standing.tallies
        ]

    def _get_single(self, standing):
        """The line and its tally where there is a single one, whose value then says all."""
        if len(standing.tallies) != 1:
            return self.line_ids.browse(), None
        return self.line_ids, standing.tallies[0]

    def _tell_value(self, line, value):
        if value is None:
            return "–"
        number, suffix = self._tell_number(line, value), line.definition_id.suffix
        return f"{number} {suffix}" if suffix else number

    def _tell_number(self, line, value):
        if line.definition_id._is_amount():
            return format_amount(self.env, round(value), self.env.company.currency_id, trailing_zeroes=False)
        return formatLang(self.env, value, digits=0 if float(value).is_integer() else 1)

    def _tell_points(self, percent):
        points = round(percent)
        return self.env._("1 point") if points == 1 else self.env._("%(points)s points", points=points)

    def _tell_gap(self, standing, with_amounts):
        """What is missing to draw level with the next one ahead."""
        if standing.gap is None:
            return ""
        line, _tally = self._get_single(standing)
        if line and standing.gap_value is not None and (with_amounts or not line.definition_id._is_amount()):
            return self._tell_number(line, standing.gap_value)
        return self._tell_points(standing.gap) if standing.gap >= 0.5 else ""

    def _tell_trend(self, standing, with_amounts):
        """{way, text} against the same point of the period before."""
        if standing.gain is None:
            return False
        line, tally = self._get_single(standing)
        change, told = round(standing.gain), self._tell_points(abs(standing.gain))
        if line and (with_amounts or not line.definition_id._is_amount()):
            change = (tally.value or 0.0) - tally.earlier
            told = self._tell_number(line, abs(change))
        if not change:
            if not standing.place:
                return False
            return {"way": "same", "text": self.env._("As before")}
        return {"way": "up" if standing.gain > 0 else "down", "text": f"{'+' if change > 0 else '−'}{told}"}

    def _get_board_lines(self):
        return [
            {
                "id": line.id,
                "name": line.definition_id.name,
                "weight": line.weight,
                "is_lower": line.condition == "lower",
            }
            for line in self.line_ids
        ]
