import logging
from datetime import timedelta

from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from odoo import api, fields, models, modules
from odoo.tools import SQL, format_datetime, split_every

from .crm_assignment_decision import WAYS

_logger = logging.getLogger(__name__)
BATCH = 2_000
TRIES = 50
QUIET = timedelta(minutes=30)
BUSY = (SerializationFailure, DeadlockDetected, LockNotAvailable)


class CrmAssignmentRun(models.Model):
    """One time that leads were shared out: how far it came, what became of them, and who can stop it.

    Leads go in batches, each its own transaction: a run that is killed keeps what it has given, and
    goes on with the others.
    """

    _name = "crm.assignment.run"
    _description = "Assignment Run"
    _order = "id desc"
    _rec_name = "started"

    way = fields.Selection(WAYS, required=True, readonly=True)
    state = fields.Selection(
        [("running", "Under Way"), ("done", "Done"), ("stopped", "Stopped"), ("failed", "Failed")],
        required=True,
        default="running",
        readonly=True,
    )
    started = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    ended = fields.Datetime(readonly=True)
    user_id = fields.Many2one(
        "res.users", "Started By", default=lambda self: self.env.uid, ondelete="set null", index=True, readonly=True
    )
    team_ids = fields.Many2many("crm.team", string="Sales Teams", readonly=True)
    is_background = fields.Boolean(readonly=True, help="The job goes on with it.")
    is_forced = fields.Boolean("Beyond Today's Share", readonly=True)
    days = fields.Integer(readonly=True, help="Leads without team are taken up to this age; 0: of any age.")
    total = fields.Integer("Leads", readonly=True)
    done = fields.Integer("Gone Through", readonly=True)
    given = fields.Integer(readonly=True)
    left = fields.Integer("Not Given", readonly=True)
    failed = fields.Integer(readonly=True)
    error = fields.Char(readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Per cent of the leads gone through.")
    decision_ids = fields.One2many("crm.assignment.decision", "run_id", "Decisions", readonly=True)

    @api.depends("done", "total", "state")
    def _compute_progress(self):
        for run in self:
            run.progress = 100.0 if run.state == "done" else 100.0 * run.done / run.total if run.total else 0.0

    @api.depends("team_ids", "started")
    def _compute_display_name(self):
        for run in self:
            moment = format_datetime(self.env, run.started, dt_format="short")
            run.display_name = ", ".join([*run.team_ids.mapped("name")[:3], moment])

    # -- a run's life --------------------------------------------------------------------------

    @api.model
    def _begin(self, teams, way, is_forced=False, days=0):
        """A new run; a job whose time was up, or that was killed, goes on with the one that it had begun."""
        self._close_interrupted()
        if way != "button":
            begun = [("state", "=", "running"), ("way", "=", way), ("is_forced", "=", is_forced), ("days", "=", days)]
            run = self.search(begun).filtered(lambda run: run.team_ids == teams)[:1]
            if run:
                return run
        run = self.create({"way": way, "team_ids": teams.ids, "is_forced": is_forced, "days": days})
        run.total = self.env["crm.lead"].search_count(run._waiting_domain())
        return run

    @api.model
    def _close_interrupted(self):
        """Runs that nothing has been heard of for long were killed: what they had not given waits for the next one."""
        quiet = self.env.cr.now().replace(tzinfo=None) - QUIET
        runs = self.search([("state", "=", "running"), ("write_date", "<", quiet)])
        runs.write({"state": "failed", "error": self.env._("Interrupted"), "ended": fields.Datetime.now()})

    def _waiting_domain(self):
        hours = float(self.env["ir.config_parameter"].get_param("crm.assignment.delay", 0))
        return self.team_ids._assignment_domain_of_waiting(self.days, hours)

    def _todo(self):
        """Ids of the leads that this run has not looked at yet, the most promising first."""
        rows = self.env.execute_query(
            SQL("SELECT lead_id FROM crm_assignment_decision WHERE run_id = %s AND lead_id IS NOT NULL", self.id)
        )
        seen = {row[0] for row in rows}
        ids = self.env["crm.lead"].search(self._waiting_domain(), order="probability desc, id")._ids
        return [lead_id for lead_id in ids if lead_id not in seen]

    def _go_on(self):
        """Share out what is left, batch by batch, until it is done, stopped, or time is up.

        :return: bool, whether nothing remains to be done
        """
        self.ensure_one()
        todo = self._todo()
        remaining = len(todo)
        self._commit(0, remaining)  # the run is there, whatever becomes of its first batch
        for ids in split_every(BATCH, todo):
            if not self._patiently(self._do, list(ids)):
                break
            remaining -= len(ids)
            if not self._commit(len(ids), remaining) and remaining:
                return False
            self.env.invalidate_all()
            if not self._patiently(self._is_wanted):
                break
        self._patiently(self._end)
        self._commit(0, 0)
        return True

    def _patiently(self, step, *args):
        """Do a step again, from the start of a transaction, where another one was quicker.

        Who waited for another run's batch has to begin anew to see what it did, and then may wait for its
        next one: each time somebody gets on.
        """
        for left in reversed(range(TRIES)):
            try:
                answer = step(*args)
                self.env.cr.flush()  # what is written when it commits may meet another one as well
                return answer
            except BUSY:
                if not left or modules.module.current_test:
                    raise
                self.env.cr.rollback()
                self.env.transaction.clear()
        return None

    def _commit(self, processed, remaining):
        """:return: seconds left, false where time is up"""
        if modules.module.current_test:
            return True
        return self.env["ir.cron"]._commit_progress(processed, remaining=remaining)

    def _is_wanted(self):
        """Whether nobody has stopped the run meanwhile; the numbers so far are shown."""
        self.invalidate_recordset(["state"])
        self._count()
        return self.state == "running"

    def _end(self):
        """Once, even where two processes went on with the same run."""
        self.invalidate_recordset(["state", "ended"])
        if self.ended:
            return
        self._count()
        if self.state == "running":  # what other teams take, or somebody took meanwhile, is none of its leads
            self.write({"state": "done", "total": self.done})
        self.ended = fields.Datetime.now()
        self._tell_people()

    def _count(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*), count(user_id), count(*) FILTER (WHERE why = 'failed')"
                "  FROM crm_assignment_decision WHERE run_id = %s",
                self.id,
            )
        )
        done, given, failed = rows[0]
        self.write(
            {"done": done, "given": given, "left": done - given, "failed": failed, "total": max(self.total, done)}
        )
        self.user_id._bus_send("crm_assignment.run", {"id": self.id})

    def action_stop(self):
        """Stop for good: what is given stays, the rest waits for another run."""
        self.check_access("write")
        self.filtered(lambda run: run.state == "running").write({"state": "stopped"})

    # -- a batch -------------------------------------------------------------------------------

    def _do(self, lead_ids):
        """Share out these leads; one that can't be written is set apart."""
        self._set_apart(lead_ids, self._share, self._write_failed)
        return True

    def _set_apart(self, ids, step, failed):
        """Do a step for all of these, or, by halving, for all but those for which it fails.

        :param step: called with a list of ids
        :param failed: called with one id and the error
        """
        try:
            with self.env.cr.savepoint():
                step(ids)
        except BUSY:
            raise
        except Exception as error:  # noqa: BLE001  (whatever an addon's constraint raises)
            self.env.transaction.clear()
            if len(ids) == 1:
                _logger.warning("%s %s is set apart", step.__name__, ids[0], exc_info=error)
                failed(ids[0], error)
                return
            middle = len(ids) // 2
            self._set_apart(ids[:middle], step, failed)
            self._set_apart(ids[middle:], step, failed)

    def _write_failed(self, lead_id, error):
        self.error = str(error)
        row = {"lead_id": lead_id, "run_id": self.id, "why": "failed"}
        self.env["crm.assignment.decision"]._write_down([row], self.way)

    def _share(self, lead_ids):
        self.env["crm.assignment.desk"]._share(lead_ids, self.team_ids, self.way, run=self, is_forced=self.is_forced)

    # -- outcome -------------------------------------------------------------------------------

    def _outcome(self):
        """What Odoo's own methods answer: which team took which leads, which member was given which.

        :return: (dict crm.team -> assigned, merged, duplicates, dict crm.team.member -> assigned, quota)
        """
        leads = self.env["crm.lead"]
        taken, got = {}, {}
        for team_id, user_id, before, lead_id in self.env.execute_query(
            SQL(
                "SELECT team_id, user_id, before_team, lead_id FROM crm_assignment_decision"
                " WHERE run_id = %s AND team_id IS NOT NULL AND lead_id IS NOT NULL ORDER BY id",
                self.id,
            )
        ):
            if not before:
                taken.setdefault(team_id, []).append(lead_id)
            if user_id:
                got.setdefault((team_id, user_id), []).append(lead_id)
        teams_data = {
            team: {
                "team": team,
                "leads": leads.browse(taken.get(team.id, ())),
                "assigned": set(taken.get(team.id, ())),
                "merged": set(),
                "duplicates": set(),
            }
            for team in self.team_ids
        }
        members_data = {}
        for member in self.team_ids.crm_team_member_ids:
            own = got.get((member.crm_team_id.id, member.user_id.id), ())
            if own or (member.assignment_room and not member.assignment_optout):
                members_data[member] = {
                    "assigned": leads.browse(own),
                    "quota": len(own) + member.assignment_room,
                }
        return teams_data, members_data
