from odoo import models
from odoo.tools import hmac

from .board_words import BoardWords
from .gamification_challenge_board import LISTED, PERSON


class GamificationChallenge(models.Model):
    """What a board says of each row. What the reader may not see does not leave the server."""

    _inherit = "gamification.challenge"

    def _get_board_rows(self, sheet, reader):
        """A dict for each of the first rows and the reader's own, in order.

        Amounts stand in all rows or in none, and in one's own beside the points. A row is the same for all who
        may see the same of it, and put into words once for them.
        """
        with_amounts = sheet.with_amounts or sheet.reads_all(reader)
        mine = sheet.numbers.get(reader.id)
        numbers = list(range(min(LISTED, len(sheet.standings))))
        if mine is not None and mine >= LISTED:
            numbers.append(mine)
        words, rows = BoardWords(self.env, sheet.lines), []
        for number in numbers:
            members = sheet.members[sheet.standings[number].key]
            seen = number, all(map(reader.names, members)), all(map(reader.reads_deals_of, members)), with_amounts
            if seen not in sheet.rows:
                sheet.rows[seen] = self._get_board_row(words, sheet, *seen)
            rows.append({**sheet.rows[seen], "is_me": number == mine})
        return rows

    def _get_board_row(self, words, sheet, number, is_named, reads, with_amounts):
        standing = sheet.standings[number]
        is_person = sheet.heading["by"] == PERSON
        who = self._get_person(standing.key, is_named) if is_person else self._get_team(standing.key)
        opens = bool(who["user_id"]) and reads
        return {
            **who,
            **self._get_row_figures(words, standing, with_amounts),
            "figures": self._get_line_figures(words, standing, with_amounts or reads, opens),
        }

    def _get_person(self, person, is_named):
        return {
            "key": f"user-{person.id}" if is_named else self._hide(person),
            "user_id": is_named and person.id,
            "name": person.name if is_named else self.env._("A colleague"),
            "image": f"/web/image/res.users/{person.id}/avatar_128" if is_named else False,
        }

    def _get_team(self, team):
        return {
            "key": f"team-{team}",
            "user_id": False,
            "name": self.env["crm.team"].browse(team).name if team else self.env._("Without a team"),
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
                "name": words.lines[tally.line].name,
                "text": words.value(tally.line, tally.value)
                if with_amounts or not words.lines[tally.line].is_amount
                else words.points(tally.percent),
                "opens": opens and words.lines[tally.line].opens,
            }
            for tally in standing.tallies
        ]
