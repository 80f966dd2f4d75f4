import logging

from psycopg2 import Error

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from .rule_parameters import IN_FORCE, PAUSED, READER, SCANNED, SCORE_BELOW

_logger = logging.getLogger(__name__)


class CrmScoringRule(models.Model):
    """Which rules count now, and what becomes of leads when that changes."""

    _inherit = "crm.scoring.rule"

    @api.model
    def _system_env(self):
        """One that sees every lead, and to which a filter means the same whoever works."""
        return self.env(user=SUPERUSER_ID, su=True, context={"active_test": False, "tz": self._system_tz()})

    @api.model
    @ormcache()
    def _system_tz(self):
        """The main company's: whose days rules count by."""
        return self.env.ref("base.main_company").sudo().partner_id.tz or "UTC"

    @api.model
    @ormcache()
    def _used_kinds(self):
        self.flush_model(["kind"])
        return self.env.execute_query(SQL("SELECT DISTINCT kind FROM crm_scoring_rule WHERE kind IS NOT NULL"))

    @api.model
    @ormcache()
    def _rules_on(self):
        """Rules that are switched on and work, as the engine takes them; none while they are paused."""
        kinds, env = self._rule_kinds(), self._system_env()
        rules = env["crm.scoring.rule"].search([("active", "=", True), ("filter_problem", "=", False)])
        if not rules or self.env["ir.config_parameter"].sudo().get_param(PAUSED):
            return ()
        return tuple(rule for rule in rules._told() if not kinds[rule.kind].lacking(env))

    @api.model
    def _rules_in_force(self):
        today = fields.Date.context_today(self.with_env(self._system_env()))
        return [rule for rule in self._rules_on() if rule.is_in_force(today)]

    @api.model
    @ormcache()
    def _rule_events(self):
        """Kinds of events after which a lead is scored at once."""
        kinds, rules = self._rule_kinds(), self._rules_on()
        found = frozenset().union(*(kinds[rule.kind].events for rule in rules))
        return found | {"merged", "reopened"} if rules else found

    @api.model
    @ormcache()
    def _rule_fields(self):
        """Stored fields of the lead after whose change it is scored at once."""
        kinds, rules, env = self._rule_kinds(), self._rules_on(), self._system_env()
        found = set()
        for rule in rules:
            try:
                found |= kinds[rule.kind].fields(env, rule)
            except Exception:  # noqa: BLE001  (a filter may be any text)
                _logger.warning("Scoring rule %s has a filter that can't be read", rule.id, exc_info=True)
        if rules:
            found |= {"team_id", "company_id", "active", "won_status"}
        known = self.env["crm.lead"]._fields
        return frozenset(name for name in found if name in known and known[name].store)

    @api.model
    def _rules_changed(self):
        """Caches forget, the hourly job is on while a rule is, and every open lead is scored in the background."""
        self.env.registry.clear_cache()
        is_on = bool(self.sudo().search_count([("active", "=", True)], limit=1))
        hourly = self.env.ref("crm_lead_scoring.ir_cron_rules", raise_if_not_found=False)
        if hourly and hourly.sudo().active != is_on:
            hourly.sudo().active = is_on
            self._read_on_from_here()
        self._score_all()

    @api.model
    def _read_on_from_here(self):
        """All leads are scored now: the hourly job has to follow only what comes later."""
        self.env["crm.lead.event.mark"].sudo()._begin_here(READER)
        now = fields.Datetime.to_string(fields.Datetime.now())
        self.env["ir.config_parameter"].sudo().set_param(SCANNED, now)

    @api.model
    def _score_all(self):
        """Let the job go over all open leads; it begins anew where it is under way."""
        cron = self.env.ref("crm_lead_scoring.ir_cron_rules_all", raise_if_not_found=False)
        if not cron:  # the addon's own rules are being loaded, all of them switched off
            return
        self.env.cr.execute(SQL("SELECT max(id) FROM crm_lead"))
        highest = self.env.cr.fetchone()[0] or 0
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(SCORE_BELOW, highest + 1)
        parameters.set_param(IN_FORCE, self._in_force_text())
        cron.sudo()._trigger()

    @api.model
    def _in_force_text(self):
        return ",".join(str(rule.id) for rule in self._rules_in_force())

    # -- filters that break ----------------------------------------------------------------------

    @api.model
    def _find_broken(self, rules):
        """Try the filter of each of these rules.

        :param rules: of Rule
        :return: dict rule id -> what is wrong, in plain words
        """
        env, kinds, broken = self._system_env(), self._rule_kinds(), {}
        env.flush_all()
        for rule in rules:
            try:
                with self.env.cr.savepoint(flush=False):
                    if query := kinds[rule.kind].probe(env, rule):
                        env.flush_query(query)
                        env.cr.execute(SQL("EXPLAIN %s", query), log_exceptions=False)
            except Exception as error:
                if isinstance(error, Error) and error.pgcode and error.pgcode.startswith("40"):
                    raise  # written meanwhile by another transaction: nothing is wrong with the filter
                _logger.warning("The filter of scoring rule %s does not work: %s", rule.id, error)
                broken[rule.id] = self._problem_of(rule)
        return broken

    @api.model
    def _problem_of(self, rule):
        env = self._system_env()
        try:
            domain = self._rule_kinds()[rule.kind].domain(rule, env)
        except Exception:  # noqa: BLE001  (a filter may be any text)
            return self.env._("The filter can't be read, so the rule gives no points. Choose it anew.")
        known = self.env["crm.lead"]._fields
        for condition in Domain(domain).iter_conditions():
            name = condition.field_expr.split(".")[0]
            if name not in known:
                return self.env._(
                    "The filter asks for the field “%(name)s”, which leads no longer have,"
                    " so the rule gives no points. Choose the filter anew.",
                    name=name,
                )
        return self.env._(
            "Leads can't be searched by this filter any more, so the rule gives no points. Choose it anew."
        )

    @api.model
    def _check_filters(self):
        """Switch off the effect of rules whose filter broke, and on again that of those which work again."""
        rules = self.with_env(self._system_env()).search([("active", "=", True)])
        broken = rules._find_broken(rules._told())
        changed = False
        for rule in rules:
            problem = broken.get(rule.id, False)
            if (rule.filter_problem or False) != problem:
                rule.filter_problem = problem
                changed = True
        if changed:
            self.env.flush_all()
            self._rules_changed()
