from dataclasses import dataclass
from datetime import date

from odoo import fields, models
from odoo.tools import SQL

from ..goals.figures import RATES
from ..goals.judging import judge, untouched


@dataclass(frozen=True, slots=True)
class Known:
    """A goal as it was last written."""

    id: int
    user_id: int
    start: date | None
    end: date | None
    current: float
    target: float
    state: str
    closed: bool
    figure: str
    condition: str
    challenge_id: int | None
    least: int
    is_told: bool

    @property
    def asked(self):
        """Goals of one period are asked together; a relay is run by one challenge, a rate has its own least."""
        return (
            self.start,
            self.end,
            self.least if self.figure in RATES else 0,
            self.challenge_id if self.figure == "relay" else None,
        )


class GamificationGoal(models.Model):
    """Goals by the ledger are read, counted and written together, without a record for each of them."""

    _inherit = "gamification.goal"

    def _update_counted(self):
        game = self._with_definitions(lambda definition: definition.computation_mode == "game")
        game._update_game()
        return super(GamificationGoal, self - game)._update_counted()

    def _update_game(self):
        if not self:
            return
        today, changed, told = fields.Date.today(), [], {}
        for goal, value in self._get_game_values():
            is_over = bool(goal.end) and goal.end < today
            verdict = judge(goal.condition, goal.target, value, goal.state, is_over)
            current = untouched(goal.condition, goal.target) if value is None else value
            after = (current, verdict.state, goal.closed or verdict.closes)
            if after == (goal.current, goal.state, goal.closed):
                continue
            if goal.is_told:
                told[self.browse(goal.id)] = dict(zip(("current", "state", "closed"), after, strict=True))
            else:
                changed.append((goal.id, *after))
        self._write_changes(told)
        self._write_at_once(changed)
        self.env["gamification.challenge"]._commit_in_job()

    def _get_game_values(self):
        """(Known, number or None) of each goal: one query for all of a period, whatever they count."""
        groups = {}
        for goal in self._get_known():
            groups.setdefault(goal.asked, []).append(goal)
        ledger = self.env["crm.game.entry"].sudo()
        for (start, end, least, _runners), goals in groups.items():
            users = self.env["res.users"].browse(dict.fromkeys(goal.user_id for goal in goals))
            found = ledger._figures({goal.figure for goal in goals}, users, start, end, least)
            yield from ((goal, found[goal.figure][goal.user_id]) for goal in goals)

    def _get_known(self):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT goal.id, goal.user_id, goal.start_date, goal.end_date, goal.current, goal.target_goal,
                       goal.state, COALESCE(goal.closed, FALSE), definition.game_figure, definition.condition,
                       goal.challenge_id,
                       COALESCE(challenge.least_number, 0),
                       COALESCE(challenge.report_message_frequency = 'onchange', FALSE)
                  FROM gamification_goal goal
                  JOIN gamification_goal_definition definition ON definition.id = goal.definition_id
                  LEFT JOIN gamification_challenge challenge ON challenge.id = goal.challenge_id
                 WHERE goal.id = ANY(%s)
                """,
                self.ids,
            )
        )
        return [Known(*row) for row in rows]

    def _write_at_once(self, rows):
        """One statement for all. rows: [(id, current, state, closed)] of what is counted. Nobody is told of them."""
        if not rows:
            return
        ids, current, states, closed = (list(column) for column in zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                UPDATE gamification_goal goal
                   SET current = v.current, state = v.state, closed = v.closed, last_update = %s, write_date = %s
                  FROM unnest(%s::int[], %s::float8[], %s::varchar[], %s::bool[]) AS v(id, current, state, closed)
                 WHERE goal.id = v.id
                """,
                fields.Date.today(),
                self.env.cr.now(),
                ids,
                current,
                states,
                closed,
            )
        )
        names = ["current", "state", "closed", "last_update", "write_date"]
        self.browse(ids).invalidate_recordset(names, flush=False)
