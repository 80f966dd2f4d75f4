from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import datetime, dateutil, safe_eval, time

from .base import RuleKind


class LeadFilter(RuleKind):
    """The lead fits a filter, for as long as it does."""

    conditions = ("filter_domain",)

    def domain(self, rule, env):
        """The filter as Odoo's own lists understand it, days counted from today included.

        :raise Exception: whatever a text that is no filter (any more) leads to
        """
        known = {
            "datetime": datetime,
            "relativedelta": dateutil.relativedelta.relativedelta,
            "time": time,
            "context_today": lambda: env.cr.now().date(),
        }
        return Domain(safe_eval(rule.domain or "[]", known))

    def fields(self, env, rule):
        """Only the fields of the lead itself: what changes behind a relation is found by the job."""
        return frozenset(condition.field_expr.split(".")[0] for condition in self.domain(rule, env).iter_conditions())

    def hits(self, env, rule, ids):
        query = env["crm.lead"]._search(Domain("id", "in", ids) & self.domain(rule, env))
        return query.select(
            SQL("%s::int", rule.id),
            SQL.identifier("crm_lead", "id"),
            SQL.identifier("crm_lead", "create_date"),
            SQL("NULL::text"),
        )

    def probe(self, env, rule):
        return env["crm.lead"]._search(self.domain(rule, env)).select()

    def words(self, env, rule):
        return env._("The lead fits the filter")
