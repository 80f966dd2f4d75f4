from odoo import models
from odoo.tools import hmac

from .board_words import BoardWords
from .gamification_challenge_board import LISTED, PERSON

MONEY = "money"


class GamificationChallenge(models.Model):
    """What a board says of each row. What the reader may not see does not leave the server."""

    _inherit = "gamification.challenge"

    def _get_board_rows(self, standings, by, reader, members):
        """A dict for each of the first rows and the reader's own, in order. members: {key of a row: [Person]}.

        Amounts stand in all rows or in none, and in one's own beside the points.
        """
        reads = {key: all(map(reader.reads_deals_of, theirs)) for key, theirs in members.items()}
        with_amounts = self.env.company.game_board_figures == MONEY or all(reads.values())
        names = (
            {} if by == PERSON else {team.id: team.name for team in self.env["crm.team"].browse(filter(None, members))}
        )
        words, rows = BoardWords(self), []
        for number, standing in enumerate(standings):
            key = standing.key
            is_me = any(person.id == reader.id for person in members[key])
            if number < LISTED or is_me:
                who = self._get_person(key, reader) if by == PERSON else self._get_team(key, names)
                opens = bool(who["user_id"]) and reads[key]
                rows.append(
                    {**who, "is_me": is_me}
                    | self._get_row_figures(words, standing, with_amounts)
                    | {"figures": self._get_line_figures(words, standing, with_amounts or reads[key], opens)}
                )
        return rows

    def _get_person(self, person, reader):
        is_named = reader.names(person)
        return {
            "key": f"user-{person.id}" if is_named else self._hide(person),
            "user_id": is_named and person.id,
            "name": person.name if is_named else self.env._("A colleague"),
            "image": f"/web/image/res.users/{person.id}/avatar_128" if is_named else False,
        }

    def _get_team(self, team, names):
        return {
            "key": f"team-{team}",
            "user_id": False,
            "name": names[team] if team else self.env._("Without a team"),
            "image": False,
        }

    def _hide(self, person):
        """The same for the same person as long as the challenge lasts, so that rows can move, and tells nobody who."""
        return hmac(self.env(su=True), "crm_gamification-colleague", (self.id, person.id))[:16]

    def _get_row_figures(self, words, standing, with_amounts):
        tally = words.single(standing, with_amounts)
        return {
            "place": standing.place or False,
            "points": round(standing.percent),
            "has_reached": standing.has_reached,
            "figure": words.value(tally.line, tally.value) if tally else words.points(standing.percent),
            "target": words.value(tally.line, tally.target) if tally else words.points(100),
            "gap": words.gap(standing, with_amounts),
            "trend": words.trend(standing, with_amounts),
        }

    def _get_line_figures(self, words, standing, with_amounts, opens):
        return [
            {
                "line_id": tally.line,
                "name": words.names[tally.line],
                "text": words.value(tally.line, tally.value)
                if with_amounts or tally.line not in words.amounts
                else words.points(tally.percent),
                "opens": opens and tally.line in words.opening,
            }
            for tally in standing.tallies
        ]

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
