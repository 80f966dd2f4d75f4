import logging

from psycopg2 import Error

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

INTERNAL = "base.group_user"
PENDING = "crm_lead_scoring.rules"
MOST = 2_000  # leads of one transaction; more are left to the job
SHOWN = ("rule_score", "rule_line_ids")


class CrmLead(models.Model):
    """Points by rule: plain columns that SQL writes, right at once after a change that a rule names."""

    _inherit = "crm.lead"

    rule_score = fields.Integer(
        "Rule Points", readonly=True, copy=False, groups=INTERNAL, help="Sum of what the scoring rules give."
    )
    rule_line_ids = fields.One2many(
        "crm.lead.rule.line",
        "lead_id",
        "Points by Rule",
        domain=[("points", "!=", 0)],
        readonly=True,
        copy=False,
        groups=INTERNAL,
        help="What the scoring rules give; what has faded away is left out.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if self.env["crm.scoring.rule"]._rules_on():
            self._score_soon(leads._ids)
        return leads

    def write(self, vals):
        self._score_if_named(vals)
        return super().write(vals)

    def _compute_field_value(self, field):
        if field.store:
            self._score_if_named(f.name for f in self.pool.field_computed[field] if f.store)
        return super()._compute_field_value(field)

    @api.readonly
    def web_read(self, specification):
        """After saving, the form shows the points that follow from what was saved."""
        if not self.env.cr.precommit.data.get(PENDING) or not set(SHOWN).intersection(specification):
            return super().web_read(specification)
        shown = {name: specification[name] for name in SHOWN if name in specification}
        rows = super().web_read({name: asked for name, asked in specification.items() if name not in shown})
        self._score_pending()
        points = {row["id"]: row for row in super().web_read(shown)}
        return [{**row, **points[row["id"]]} for row in rows]

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """A lead that no rule was asked about has no points: it does not come before those with most."""
        if field_name == "rule_score" and not nulls.code:
            nulls = SQL("NULLS LAST") if direction.code == "DESC" else SQL("NULLS FIRST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # -- at once ---------------------------------------------------------------------------------

    def _score_if_named(self, names):
        if any(self._ids) and not self.env["crm.scoring.rule"]._rule_fields().isdisjoint(names):
            self._score_soon(self._ids)

    @api.model
    def _score_soon(self, lead_ids):
        """Score these leads when the transaction ends."""
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = set()
            precommit.add(self.sudo()._score_pending)
        precommit.data[PENDING].update(lead_id for lead_id in lead_ids if lead_id)

    @api.model
    def _score_pending(self):
        """Nobody waits for it, and nothing that goes wrong keeps a lead from being saved: the job follows."""
        data = self.env.cr.precommit.data
        if not data.get(PENDING):
            data.pop(PENDING, None)
            return
        self.env["crm.lead.event"]._flush()
        waiting = data.pop(PENDING)
        try:
            complete = len(waiting) <= MOST and self._score_now(sorted(waiting))
        except Exception:  # noqa: BLE001  (whatever a rule's filter or another transaction leads to)
            _logger.warning("%s leads wait for the job that scores by rule", len(waiting), exc_info=True)
            complete = False
        if not complete:
            self.env.ref("crm_lead_scoring.ir_cron_rules").sudo()._trigger()

    @api.model
    def _score_now(self, lead_ids):
        """Score these leads by the rules that are in force; rows that somebody is just writing are skipped.

        Whatever fails, the transaction is as it was before.

        :param list lead_ids: not more than one batch
        :return: whether none was skipped, and no rule left out because its filter is broken
        """
        rules = self.env["crm.scoring.rule"]
        self.env.flush_all()
        try:
            return self._score_guarded(lead_ids, rules._rules_in_force())
        except Exception as error:
            if isinstance(error, Error) and (error.pgcode or "").startswith("40"):
                raise  # a row was written meanwhile by another transaction
            broken = rules._find_broken(rules._rules_in_force())
            if not broken:
                raise
            self._score_guarded(lead_ids, [rule for rule in rules._rules_in_force() if rule.id not in broken])
            return False

    @api.model
    def _score_guarded(self, lead_ids, rules):
        """The savepoint is set by the same call that reads: that is a round trip less."""
        sql = self._rule_facts_sql(lead_ids, rules)
        try:
            self.env.flush_query(sql)
            self.env.cr.execute(SQL("SAVEPOINT crm_lead_rules; %s", sql), log_exceptions=False)
            found = self.env.cr.dictfetchall()
            complete = self._rule_write(self._rule_changes(found, rules))
        except Exception:
            self.env.cr.execute(SQL("ROLLBACK TO SAVEPOINT crm_lead_rules"))
            raise
        self.env.cr.execute(SQL("RELEASE SAVEPOINT crm_lead_rules"))
        return complete
