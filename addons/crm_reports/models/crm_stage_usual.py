from odoo import api, fields, models
from odoo.tools import SQL

from ..figures.congestion import MONTHS, TIMES, Usual, congestion, usual

USUAL_ON = "crm_reports.usual_on"


class CrmStageUsual(models.Model):
    """What is usual for each stage of each team: worked out once a day from the stays of leads."""

    _name = "crm.stage.usual"
    _description = "What Is Usual for a Stage"
    _log_access = False

    stage_id = fields.Many2one("crm.stage", required=True, index=True, ondelete="cascade")
    team_id = fields.Many2one("crm.team", index=True, ondelete="cascade")
    most = fields.Integer("Usually at Most", help="What was enough at nine of ten month ends of the last year.")
    days = fields.Float("Median Days", help="Of stays that have ended within the last year.")
    is_most_known = fields.Boolean()
    is_days_known = fields.Boolean()
    open_count = fields.Integer("Open Now", compute="_compute_standing", help="Open opportunities that you may see.")
    open_days = fields.Float("Half Stand for Days", compute="_compute_standing")
    congestion = fields.Char("Why It Is Congested", compute="_compute_standing")
    is_congested = fields.Boolean(compute="_compute_standing", search="_search_is_congested")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_standing(self):
        for one, (number, age, words) in self._now().items():
            one.open_count, one.open_days, one.congestion, one.is_congested = number, age, words, bool(words)

    @api.model
    def _search_is_congested(self, operator, value):
        if operator != "in":
            return NotImplemented
        congested = [one.id for one, (_number, _age, words) in self.search([])._now().items() if words]
        return [("id", "in" if True in value else "not in", congested)]

    def _now(self):
        """What stands there now, as the reader may see it: {one: (number, median of days, why it is congested)}."""
        standing, found = self.env["crm.stage"]._standing(), {}
        for one in self:
            number, age = standing.get((one.stage_id.id, one.team_id), (0, 0))
            causes = congestion(number, age, one._usual())
            found[one] = number, age, one._congestion_words(causes, one.team_id, number, age) if causes else ""
        return found

    @api.model
    def _refresh_daily(self):
        """Once a day: how full each stage was at the last month ends, and how long deals stayed in it."""
        parameters, today = self.env["ir.config_parameter"].sudo(), fields.Date.to_string(fields.Date.today())
        if parameters.get_param(USUAL_ON) == today:
            return
        counts, stays = self._month_ends(), self._stays()
        rows = []
        for key in counts.keys() | stays.keys():
            found = usual(counts.get(key, []), stays.get(key, []))
            if found.most is not None or found.days is not None:
                rows.append((*key, found.most or 0, found.days or 0, found.most is not None, found.days is not None))
        self.env.cr.execute("DELETE FROM crm_stage_usual")
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO crm_stage_usual (stage_id, team_id, most, days, is_most_known, is_days_known)"
                    " VALUES %s",
                    SQL(", ").join(SQL("%s", row) for row in rows),
                )
            )
        self.invalidate_model(flush=False)
        parameters.set_param(USUAL_ON, today)

    @api.model
    def _month_ends(self):
        """(stage, team) -> open deals at each month end since the first that the team had there."""
        last = fields.Date.start_of(fields.Date.today(), "month")
        ends = [fields.Datetime.to_datetime(fields.Date.subtract(last, months=back)) for back in range(MONTHS)]
        found = {}
        for stage, team, *numbers in self.env.execute_query(
            SQL(
                "SELECT stage_id, team_id, %s FROM crm_lead_passage"
                " WHERE left_at IS NULL OR left_at > %s GROUP BY stage_id, team_id",
                SQL(", ").join(
                    SQL(
                        "count(*) FILTER (WHERE entered <= %(end)s AND (left_at IS NULL OR left_at > %(end)s))", end=end
                    )
                    for end in reversed(ends)
                ),
                ends[-1],
            )
        ):
            while numbers and not numbers[0]:
                numbers = numbers[1:]
            found[(stage, team)] = numbers
        return found

    @api.model
    def _stays(self):
        """(stage, team) -> days of each stay that has ended within the last year."""
        since = fields.Datetime.subtract(fields.Datetime.now(), months=MONTHS)
        rows = self.env.execute_query(
            SQL(
                "SELECT stage_id, team_id, array_agg(days) FROM crm_lead_passage"
                " WHERE left_at >= %s GROUP BY stage_id, team_id",
                since,
            )
        )
        return {(stage, team): days for stage, team, days in rows}

    def _usual(self):
        return Usual(self.most if self.is_most_known else None, self.days if self.is_days_known else None)

    def _congestion_words(self, causes, team, number, age):
        """A sentence for each cause, behind the team's name."""
        _ = self.env._
        sentences = []
        if "number" in causes:
            sentences.append(
                _("%(number)s open opportunities, usually at most %(most)s.", number=number, most=self.most)
            )
        if "age" in causes:
            sentences.append(
                _(
                    "Half of them have stood here for more than %(age)s days; the team usually needs %(days)s, "
                    "and %(times)s times that is too long.",
                    age=round(age),
                    days=round(self.days, 1),
                    times=TIMES,
                )
            )
        name = team.sudo().display_name or _("No team")
        return f"{name}: {' '.join(sentences)}"
