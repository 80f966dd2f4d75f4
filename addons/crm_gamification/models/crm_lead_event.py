from odoo import api, models
from odoo.tools import SQL

from .live import is_live

TOLD = "crm_gamification.told"
CHANNEL = "crm_gamification.board"
ALWAYS = ("won", "lost", "reopened", "owner_changed")
WHILE_WON = ("amount_changed", "team_changed")


class CrmLeadEvent(models.Model):
    """Open leaderboards hear that figures of a team have changed, nothing else; each reads with its own rights."""

    _inherit = "crm.lead.event"

    @api.model
    def _insert(self, rows):
        result = super()._insert(rows)
        if rows and is_live(self.env):
            self._tell_boards_later(rows)
        return result

    @api.model
    def _tell_boards_later(self, rows):
        """Once a transaction, before it commits: to whom, is asked for all its leads together."""
        found = [row for row in rows if row["kind"] in ALWAYS + WHILE_WON]
        if not found:
            return
        told = self._to_tell_boards()
        for row in found:
            told["leads" if row["kind"] in ALWAYS else "won"].add(row["lead_id"])
            if row["kind"] == "owner_changed":
                told["users"].update(filter(None, row["data"].values()))

    @api.model
    def _to_tell_boards(self):
        """What this transaction tells boards of, before it commits: {"leads", "won", "users": sets of ids}."""
        precommit = self.env.cr.precommit
        if TOLD not in precommit.data:
            precommit.data[TOLD] = {"leads": set(), "won": set(), "users": set()}
            precommit.add(self.sudo()._tell_boards)
        return precommit.data[TOLD]

    @api.model
    def _tell_boards(self):
        told = self.env.cr.precommit.data.pop(TOLD, None)
        if not told:
            return
        for partner_id, team_ids in self.env.execute_query(self._get_board_watchers_sql(**told)):
            self.env["res.partner"].browse(partner_id)._bus_send(CHANNEL, {"team_ids": team_ids or []})

    @api.model
    def _get_board_watchers_sql(self, leads, won, users):
        """The partners who may see a running board that these leads' salespeople are on, and these people's teams.

        As `gamification.challenge._get_board_domain`: who takes part, who belongs to a team of somebody who
        does or leads it, and managers of one of their companies.
        """
        manager = self.env["ir.model.data"]._xmlid_to_res_id("sales_team.group_sale_manager")
        managers = self.env["res.groups"].browse(manager).all_implied_by_ids.ids
        return SQL(
            """
            WITH owner AS (
                SELECT user_id AS id FROM crm_lead WHERE id = ANY(%(leads)s)
                 UNION SELECT user_id FROM crm_lead WHERE id = ANY(%(won)s) AND won_status = 'won'
                 UNION SELECT unnest(%(users)s::int[])
            ), player AS (
                SELECT DISTINCT rel.res_users_id AS id
                  FROM gamification_challenge_users_rel rel
                 WHERE rel.gamification_challenge_id IN (
                        SELECT challenge.id
                          FROM gamification_challenge challenge
                          JOIN gamification_challenge_users_rel mine ON mine.gamification_challenge_id = challenge.id
                          JOIN owner ON owner.id = mine.res_users_id
                         WHERE challenge.state = 'inprogress' AND challenge.visibility_mode = 'ranking')
            ), team AS (
                SELECT DISTINCT member.crm_team_id AS id
                  FROM crm_team_member member
                  JOIN player ON player.id = member.user_id
                 WHERE member.active
            ), watcher AS (
                SELECT id FROM player
                 UNION SELECT member.user_id
                         FROM crm_team_member member JOIN team ON team.id = member.crm_team_id
                        WHERE member.active
                 UNION SELECT crm_team.user_id FROM crm_team JOIN team ON team.id = crm_team.id
                 UNION SELECT manager.uid
                         FROM res_groups_users_rel manager
                         JOIN res_company_users_rel his ON his.user_id = manager.uid
                        WHERE manager.gid = ANY(%(managers)s)
                          AND his.cid IN (SELECT theirs.cid
                                            FROM res_company_users_rel theirs
                                            JOIN player ON player.id = theirs.user_id)
            )
            SELECT person.partner_id,
                   (SELECT array_agg(DISTINCT member.crm_team_id)
                      FROM crm_team_member member JOIN owner ON owner.id = member.user_id
                     WHERE member.active)
              FROM res_users person
              JOIN watcher ON watcher.id = person.id
             WHERE person.active
            """,
            leads=list(leads),
            won=list(won),
            users=list(users),
            managers=managers,
        )
