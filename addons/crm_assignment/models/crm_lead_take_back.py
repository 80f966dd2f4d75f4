from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_core.event_log.as_of import CLOSED, MOVED, PLANNED

WORK = (*PLANNED, *MOVED, *CLOSED, "stage_moved", "sent_to_sleep", "amount_changed", "converted")


class CrmLead(models.Model):
    """Takes leads back from who did nothing with them for a team's working hours."""

    _inherit = "crm.lead"

    @api.model
    def _cron_take_back(self):
        """Each team that asks for it is one transaction, so that one that fails does not stop the others."""
        teams = self.env["crm.team"].search([("assignment_take_back_hours", ">", 0)])._own_method()
        run = self.env["crm.assignment.run"]
        for place, team in enumerate(teams, 1):
            run._patiently(self._take_back, team)
            run._commit(1, len(teams) - place)

    @api.model
    def _take_back(self, team):
        """Leads of a team that lie idle go on to the next, after several times to its leader."""
        idle = self._idle(team)
        if not idle:
            return True
        turns = self.env["crm.assignment.turn"]._take(team)
        held = self._lock_owned(idle)
        owners = {lead_id: idle[lead_id][0] for lead_id in held}
        tired = [lead_id for lead_id in held if idle[lead_id][1] >= team.assignment_take_back_times]
        others = [lead_id for lead_id in held if lead_id not in tired]
        desk = self.env["crm.assignment.desk"]
        placed = {}
        if others:
            plan = desk._plan(others, team, turns, owners={lead_id: owners[lead_id] for lead_id in others})
            placed = desk._apply(plan, team, "take_back", owners=owners)
        placed.update(self._to_leader(team, {lead_id: owners[lead_id] for lead_id in tired}))
        leads = self.browse(placed)
        self.env["crm.assignment.run"]._tell_given(self._by_user(leads))
        return True

    @api.model
    def _to_leader(self, team, owners):
        leader = team.user_id
        owners = {lead_id: user_id for lead_id, user_id in owners.items() if user_id != leader.id}
        if not leader or not owners:
            return {}
        rows = [
            {
                "lead_id": lead_id,
                "team_id": team.id,
                "user_id": leader.id,
                "before_user": user_id,
                "before_team": team.id,
                "why": "leader",
                "method": team.assignment_method,
            }
            for lead_id, user_id in owners.items()
        ]
        placed = dict.fromkeys(owners, (team, leader))
        self.env["crm.assignment.desk"]._write(rows, placed, "take_back")
        return placed

    @api.model
    def _idle(self, team):
        """Leads that the engine gave to who still has them, long enough ago, without a sign of work since.

        :return: dict lead id -> (user id, how often it was taken back)
        """
        self.env["crm.lead.event"]._flush()
        now = self.env.cr.now().replace(tzinfo=None)
        log = self.env["crm.lead.event"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT last.lead_id, last.user_id, last.moment, last.times
                  FROM (SELECT DISTINCT ON (known.lead_id) known.lead_id, known.user_id, known.moment, known.way,
                               count(*) FILTER (WHERE known.way = 'take_back')
                                   OVER (PARTITION BY known.lead_id) AS times
                          FROM crm_assignment_decision known
                          JOIN crm_lead lead ON lead.id = known.lead_id
                         WHERE known.team_id = %(team)s AND known.user_id IS NOT NULL
                           AND known.is_undone IS NOT TRUE
                           AND lead.team_id = %(team)s AND lead.active AND lead.won_status = 'pending'
                         ORDER BY known.lead_id, known.moment DESC, known.id DESC) last
                  JOIN crm_lead lead ON lead.id = last.lead_id AND lead.user_id = last.user_id
                 WHERE last.way <> 'by_hand' AND last.moment < %(now)s
                   AND NOT EXISTS (SELECT FROM crm_lead_event event
                                    WHERE event.lead_id = last.lead_id AND event.moment > last.moment
                                      AND event.kind = ANY(%(work)s))
                 ORDER BY last.lead_id
                 LIMIT 1000
                """,
                team=team.id,
                now=now,
                work=sorted({*WORK, *log._contact_kinds("out")}),
            )
        )
        calendar = (
            team.resource_calendar_id or team.company_id.resource_calendar_id or self.env.company.resource_calendar_id
        )
        working = team._attention_working(calendar, now)
        minutes = 60 * team.assignment_take_back_hours
        return {
            lead_id: (user_id, times)
            for lead_id, user_id, moment, times in rows
            if working.between(moment, now) >= minutes
        }

    @api.model
    def _lock_owned(self, idle):
        """Of these leads those that still belong to the same person, held until the transaction ends."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM crm_lead lead JOIN unnest(%s::int[], %s::int[]) AS idle(lead, owner)"
                "    ON idle.lead = lead.id AND idle.owner = lead.user_id FOR NO KEY UPDATE OF lead SKIP LOCKED",
                list(idle),
                [user_id for user_id, _times in idle.values()],
            )
        )
        return sorted(row[0] for row in rows)
