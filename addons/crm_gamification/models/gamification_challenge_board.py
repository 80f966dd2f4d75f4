from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..board.sheet import Sheet
from ..board.standing import of_groups, stand
from ..goals.periods import ONCE
from .live import is_live

LISTED = 50
BOARDS = 40
FARTHEST = 24
PERSON, TEAM, HEAD = "person", "team", "head"
MONEY = "money"


class GamificationChallenge(models.Model):
    """The leaderboard of a challenge."""

    _inherit = "gamification.challenge"

    ranked_by = fields.Selection(
        [(PERSON, "People"), (TEAM, "Teams"), (HEAD, "Teams, per Person")],
        string="Leaderboard of",
        default=PERSON,
        required=True,
        help="What the leaderboard shows first; whoever looks at it can switch.",
    )

    @api.model
    @api.readonly
    def get_leaderboard(self, challenge_id=False, period_offset=0, by=None):
        """All that the leaderboard shows at once: the boards to choose from, and one of them.

        :return: dict with `boards`: list of {id, name, is_running}, `board`: see `get_board`, or False where
            there is none, `is_live`, `can_make` (whether he may make challenges), `streaks` (his own),
            `has_cards` (whether people's cards can be opened)
        """
        reader = self._get_board_reader()
        boards = self._get_boards(reader)
        chosen = boards.filtered(lambda challenge: challenge.id == challenge_id) or boards[:1]
        return {
            "boards": [
                {"id": challenge.id, "name": challenge.name, "is_running": challenge.state == "inprogress"}
                for challenge in boards
            ],
            "board": bool(chosen) and chosen._get_board(period_offset, by, reader),
            "is_live": is_live(self.env),
            "can_make": self.has_access("create"),
            "streaks": self.env.user._tell_streaks(),
            "has_cards": any(self.env.user._get_card_parts()),
        }

    @api.readonly
    def get_board(self, period_offset=0, by=None):
        """The board of this challenge as this person may see it, counted now.

        :param int period_offset: 0 for the period that runs, -1 for the one before, …
        :param by: "person", "team" or "head" (teams, per person); the challenge's own way without it
        :return: plain data: what stands above, `rows` from the first to the last (the first 50, and one's own)
        """
        self.ensure_one()
        reader = self._get_board_reader()
        return self._check_board(reader)._get_board(period_offset, by, reader)

    def _get_boards(self, reader):
        """Those a person may see: running ones first, of these the ones that he takes part in."""
        found = self.sudo().search(self._get_board_domain(reader), order="end_date desc, id desc", limit=BOARDS)
        return found.sorted(
            lambda challenge: (challenge.state != "inprogress", self.env.user not in challenge.user_ids)
        )

    def _get_board(self, period_offset, by, reader):
        if by not in (None, PERSON, TEAM, HEAD):
            raise UserError(self.env._("A leaderboard can show people or teams, nothing else."))
        sheet = self._get_shared_sheet(self._clean_offset(period_offset), by, reader)
        return {**sheet.heading, "rows": self._get_board_rows(sheet, reader)}

    def _get_sheet(self, offset, by, reader):
        """The board before it is known who looks: of the reader it depends on his companies and language only."""
        offset = 0 if self.period == ONCE else offset
        by = by or self.ranked_by
        period = self._get_board_period(offset)
        entries, moments = self._get_shared_entries(period)
        members = {person: [person] for person in entries if reader.shows(person)}
        teams = {person.team for person in members}
        if by != PERSON:
            group_of = {person: person.team for person in members}
            entries, moments = of_groups({person: entries[person] for person in members}, group_of, by == HEAD), {}
            members = {team: [person for person in members if person.team == team] for team in teams}
        standings = [standing for standing in stand(entries, moments) if standing.key in members]
        lines = {line.id: line.definition_id._tell_line() for line in self.line_ids}
        heading = {
            "id": self.id,
            "name": self.name,
            "is_running": self.state == "inprogress",
            "by": by,
            "ways": self._get_board_ways(teams),
            "period": self._tell_period(period, offset),
            "lines": [
                {
                    "id": line.id,
                    "name": lines[line.id].name,
                    "weight": line.weight,
                    "is_lower": line.condition == "lower",
                }
                for line in self.line_ids
            ],
            "count": len(standings),
            "note": self._tell_board_note(standings, by),
        }
        return Sheet(heading, lines, standings, members, self.env.company.game_board_figures == MONEY)

    @api.model
    def _clean_offset(self, offset):
        return max(-FARTHEST, min(0, offset)) if isinstance(offset, int) else 0

    def _get_board_ways(self, teams):
        """Teams can be chosen where there are several."""
        labels = dict(self._fields["ranked_by"]._description_selection(self.env))
        ways = [PERSON, TEAM, HEAD] if len(teams) > 1 or self.ranked_by != PERSON else [PERSON]
        return [[way, labels[way]] for way in ways]

    def _tell_period(self, period, offset):
        today = fields.Date.today()
        left = (period.end - today).days + 1 if period.end and period.end >= today else 0
        return {
            "offset": offset,
            "label": self._tell_days(period),
            "recurs": self.period != ONCE,
            "days_left": left if self.state == "inprogress" and offset == 0 else 0,
        }

    def _tell_days(self, period):
        def told(day, how=False):
            return format_date(self.env, day, date_format=how)

        if self.period == "monthly":
            return told(period.start, "MMMM y")
        if self.period == "yearly":
            return told(period.start, "y")
        if period.start == period.end and period.start:
            return told(period.start)
        if period.start and period.end:
            return f"{told(period.start)} – {told(period.end)}"
        if period.start:
            return self.env._("Since %(day)s", day=told(period.start))
        if period.end:
            return self.env._("Until %(day)s", day=told(period.end))
        return self.env._("Since it began")

    def _tell_board_note(self, standings, by):
        places = [standing.place for standing in standings if standing.place]
        if by == PERSON and len(places) > len(set(places)):
            return self.env._(
                "Equal figures share a place. Who had the figure first is named first, and is ahead for rewards."
            )
        return ""
