from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..goals.figures import NOTHING, Tally, figure, of_own_best, together

UNATTENDED = ("waiting_for_us", "overdue", "no_next_step", "stalled")
YEAR = timedelta(days=366)


class CrmGameEntry(models.Model):
    """What people's entries add up to, one query for all people and figures of a period."""

    _inherit = "crm.game.entry"

    @api.model
    def _figures(self, names, users, start, end, least=0):
        """Figures of people in a period, both days within it; False where there is no bound.

        :param names: of figures
        :param users: res.users
        :param int least: see `figure`
        :return: dict name -> {user id: number or None}
        """
        known = {name: self._get_figure_reader(name) for name in names}
        plain = [name for name, reader in known.items() if not reader]
        tallies = self._tallies(users, start, end) if plain or "best" in names or "relay" in names else {}
        found = {name: {id_: figure(name, tallies[id_], least) for id_ in users.ids} for name in plain}
        for name, reader in known.items():
            if reader:
                found[name] = reader(users, start, tallies)
        return found

    @api.model
    def _get_figure_reader(self, name):
        """How a figure is read that is no sum of entries."""
        return {"clean": self._figure_clean, "best": self._figure_best, "relay": self._figure_relay}.get(name)

    @api.model
    def _tallies(self, users, start, end):
        """user id -> {kind: Tally} of what counts."""
        self.flush_model()
        found = {id_: {} for id_ in users.ids}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT user_id, kind, sum(points), count(*) FILTER (WHERE NOT COALESCE(is_correction, FALSE)),
                       sum(amount), max(amount), avg(hours)
                  FROM crm_game_entry
                 WHERE counts AND user_id = ANY(%s) AND %s
                 GROUP BY user_id, kind
                """,
                users.ids,
                self._within(start, end),
            )
        )
        for user_id, kind, points, count, amount, largest, hours in rows:
            found[user_id][kind] = Tally(
                float(points or 0), count, float(amount or 0), float(largest or 0), hours and float(hours)
            )
        return found

    @api.model
    def _within(self, start, end):
        bounds = [SQL("TRUE")]
        if start:
            bounds.append(SQL("day >= %s", start))
        if end:
            bounds.append(SQL("day <= %s", end))
        return SQL(" AND ").join(bounds)

    @api.model
    def _figure_clean(self, users, _start, _tallies):
        """Open leads that nobody attends to, as of now; None for who has no open leads, or where nobody looks."""
        leads = self.env["crm.lead"].sudo()
        if not leads._attention_is_on():
            return dict.fromkeys(users.ids)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT user_id, count(*) FILTER (WHERE attention_state = ANY(%s)) FROM crm_lead
                 WHERE user_id = ANY(%s) AND active AND won_status = 'pending' GROUP BY user_id
                """,
                list(UNATTENDED),
                users.ids,
            )
        )
        return {**dict.fromkeys(users.ids), **dict(rows)}

    @api.model
    def _figure_best(self, users, start, tallies):
        """Deals won, in per cent of one's own best month of the year before."""
        earlier = defaultdict(list)
        if start:
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT user_id, sum(points) FROM crm_game_entry
                     WHERE counts AND kind = 'won' AND user_id = ANY(%s) AND day < %s AND day >= %s
                     GROUP BY user_id, date_trunc('month', day)
                    """,
                    users.ids,
                    start.replace(day=1),
                    (start - YEAR).replace(day=1),
                )
            )
            for user_id, points in rows:
                earlier[user_id].append(float(points))
        return {id_: of_own_best(tallies[id_].get("won", NOTHING).points, earlier[id_]) for id_ in users.ids}

    @api.model
    def _figure_relay(self, users, _start, tallies):
        """Deals that each one's team has won together, of those who take part."""
        teams = {user.id: user.sale_team_id.id for user in users}
        return together({id_: tallies[id_].get("won", NOTHING).points for id_ in users.ids}, teams)
