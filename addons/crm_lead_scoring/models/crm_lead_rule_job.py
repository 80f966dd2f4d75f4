import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from .crm_lead_rule_points import BATCH, OPEN
from .rule_parameters import IN_FORCE, PAUSED, READER, SCANNED, SCORE_BELOW

_logger = logging.getLogger(__name__)

MOST = 50_000  # leads that are looked for at once
OVERLAP = 15  # minutes: a transaction that was long under way wrote an earlier moment than it became visible


class CrmLead(models.Model):
    """The jobs that keep points by rule right: hourly what was touched, in the background all when a rule changes."""

    _inherit = "crm.lead"

    @api.model
    def _cron_rules_all(self):
        """Newest leads first; does nothing unless a rule has changed."""
        if self._rules_are_paused():
            return
        parameters, commit = self.env["ir.config_parameter"].sudo(), self.env["ir.cron"]._commit_progress
        while (below := int(parameters.get_param(SCORE_BELOW, 0))) > 1:
            rows = self.env.execute_query(
                SQL("SELECT id FROM crm_lead lead WHERE id < %s AND %s ORDER BY id DESC LIMIT %s", below, OPEN, BATCH)
            )
            self._score_batch([row[0] for row in rows])
            lowest = rows[-1][0] if len(rows) == BATCH else 1
            parameters.set_param(SCORE_BELOW, lowest)
            if not commit(len(rows), remaining=lowest - 1):
                return

    @api.model
    def _cron_rules(self):
        """What was touched, what happened, what fades, and whom time or a related record moved past a filter."""
        rules = self.env["crm.scoring.rule"]
        if self._rules_are_paused():
            return
        rules._check_filters()
        if self.env["ir.config_parameter"].sudo().get_param(IN_FORCE, "") != rules._in_force_text():
            rules._score_all()  # a day has come on which a rule begins or ends
        for walk in (self._walk_told, self._walk_touched, self._walk_fading, self._walk_filters):
            if not walk():
                return

    @api.model
    def _rules_are_paused(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(PAUSED))

    @api.model
    def _score_batch(self, lead_ids):
        """A batch that fails is left as it was and stops nothing; who is just writing its leads brings them back."""
        if not lead_ids:
            return
        try:
            self._score_now(list(lead_ids))
        except Exception:
            _logger.exception("Leads %s to %s could not be scored by rule", min(lead_ids), max(lead_ids))

    @api.model
    def _go_on(self, done, remaining):
        """Commit; whether there is time left."""
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining) > 0

    @api.model
    def _walk_told(self):
        more, named = True, self.env["crm.scoring.rule"]._rule_events()
        while more:
            told, more = self.env["crm.lead.event.mark"].sudo()._read_on(READER)
            lead_ids = sorted({lead_id for lead_id, kind in told if kind in named})
            for batch in split_every(BATCH, lead_ids):
                self._score_batch(list(batch))
            if not self._go_on(len(lead_ids), int(more)):
                return False
        return True

    @api.model
    def _walk_touched(self):
        parameters, reached = self.env["ir.config_parameter"].sudo(), fields.Datetime.now()
        since = fields.Datetime.to_datetime(parameters.get_param(SCANNED)) or reached
        place = (fields.Datetime.subtract(since, minutes=OVERLAP), 0)
        while rows := self._touched_after(*place):
            for batch in split_every(BATCH, rows):
                self._score_batch([lead_id for _moment, lead_id in batch])
                place = batch[-1]
                parameters.set_param(SCANNED, fields.Datetime.to_string(place[0]))
                if not self._go_on(len(batch), 1):
                    return False
        parameters.set_param(SCANNED, fields.Datetime.to_string(reached))
        return self._go_on(0, 0)

    @api.model
    def _touched_after(self, moment, lead_id):
        """Open leads in the order in which they were written, with that moment."""
        return self.env.execute_query(
            SQL(
                "SELECT write_date, id FROM crm_lead lead WHERE (write_date, id) > (%s, %s) AND %s"
                " ORDER BY write_date, id LIMIT %s",
                moment,
                lead_id,
                OPEN,
                MOST,
            )
        )

    @api.model
    def _walk_fading(self):
        """Leads whose points time alone has changed; those of closed leads stay as they are."""
        now, last = fields.Datetime.now(), 0
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead_rule_line line SET changes_at = NULL FROM crm_lead lead"
                " WHERE lead.id = line.lead_id AND line.changes_at <= %s AND NOT (%s)",
                now,
                OPEN,
            )
        )
        while lead_ids := self._fading_after(last, now):
            for batch in split_every(BATCH, lead_ids):
                self._score_batch(batch)
                if not self._go_on(len(batch), 1):
                    return False
            last = lead_ids[-1]
        return self._go_on(0, 0)

    @api.model
    def _fading_after(self, lead_id, now):
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT lead_id FROM crm_lead_rule_line WHERE changes_at <= %s AND lead_id > %s"
                " ORDER BY lead_id LIMIT %s",
                now,
                lead_id,
                MOST,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _walk_filters(self):
        """Leads that fit a filter and have no points by it, or have them and no longer fit."""
        rules, kinds = self.env["crm.scoring.rule"], self.env["crm.scoring.rule"]._rule_kinds()
        for rule in rules._rules_in_force():
            if "filter_domain" not in kinds[rule.kind].conditions:
                continue
            try:
                with self.env.cr.savepoint():
                    lead_ids = self._leads_past_filter(rule, kinds[rule.kind])
            except Exception:
                _logger.exception("Leads could not be looked for by the filter of scoring rule %s", rule.id)
                continue
            for batch in split_every(BATCH, lead_ids):
                self._score_batch(list(batch))
                if not self._go_on(len(batch), 0):
                    return False
        return True

    @api.model
    def _leads_past_filter(self, rule, kind):
        env = self.env["crm.scoring.rule"]._system_env()
        domain = kind.domain(rule, env) & Domain("active", "=", True) & Domain("won_status", "=", "pending")
        if rule.teams:
            domain &= Domain("team_id", "in", list(rule.teams))
        if rule.company:
            domain &= Domain("company_id", "=", rule.company) | (
                Domain("company_id", "=", False) & Domain("team_id.company_id", "=", rule.company)
            )
        rows = self.env.execute_query(
            SQL(
                """
                WITH fit AS (%(fit)s),
                     has AS (SELECT line.lead_id AS id FROM crm_lead_rule_line line
                               JOIN crm_lead lead ON lead.id = line.lead_id
                              WHERE line.rule_id = %(rule)s AND %(is_open)s)
                (SELECT id FROM fit EXCEPT SELECT id FROM has) UNION ALL (SELECT id FROM has EXCEPT SELECT id FROM fit)
                """,
                fit=env["crm.lead"]._search(domain).select(),
                rule=rule.id,
                is_open=OPEN,
            )
        )
        return sorted(row[0] for row in rows)
