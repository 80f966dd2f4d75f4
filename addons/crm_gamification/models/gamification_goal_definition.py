import ast

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

AGGREGATES = {"sum": "sum", "average": "avg"}


class GamificationGoalDefinition(models.Model):
    _inherit = "gamification.goal.definition"

    computation_mode = fields.Selection(
        selection_add=[("average", "Automatic: average of a field")],
        ondelete={"average": lambda definitions: definitions.write({"computation_mode": "sum"})},
    )

    def _values_of(self, goals):
        """Each goal's value: {goal: number}, None where there is nothing to average.

        One query for each period where the definition counts in batch; else one for each different domain
        of a period.
        """
        self.ensure_one()
        count = self._values_by_key if self.batch_mode else self._values_by_domain
        dated = self.field_date_id.name
        values = {}
        periods = goals.grouped(lambda goal: (goal.start_date, goal.end_date) if dated else (False, False))
        for (start, end), theirs in periods.items():
            within = Domain.TRUE
            if start:
                within &= Domain(dated, ">=", start)
            if end:
                within &= Domain(dated, "<=", end)
            found = count(theirs.user_id, within)
            values.update({goal: found[goal.user_id] for goal in theirs})
        return values

    def _values_by_key(self, users, within):
        keys = {user: safe_eval(self.batch_user_expression, {"user": user}) for user in users}
        name = self.batch_distinctive_field.name
        domain = Domain(ast.literal_eval(self.domain)) & Domain(name, "in", list(set(keys.values()))) & within
        rows = self.env[self.model_id.model]._read_group(domain, [name], [self._get_aggregate()])
        found = {key.id if isinstance(key, models.BaseModel) else key: value or 0.0 for key, value in rows}
        nothing = None if self.computation_mode == "average" else 0.0
        return {user: found.get(keys[user], nothing) for user in users}

    def _values_by_domain(self, users, within):
        domains = {user: safe_eval(self.domain, {"user": user}) for user in users}
        found = {}
        for user in users:
            key = repr(domains[user])
            if key not in found:
                found[key] = self._value_in(Domain(domains[user]) & within)
        return {user: found[repr(domains[user])] for user in users}

    def _value_in(self, domain):
        rows = self.env[self.model_id.model]
        field = rows._fields.get(self.field_id.name)
        if self.computation_mode == "count" or not field or field.type not in ("integer", "float", "monetary"):
            return rows.search_count(domain)
        [(count, value)] = rows._read_group(domain, [], ["__count", self._get_aggregate()])
        if not count and self.computation_mode == "average":
            return None
        return value or 0.0

    def _get_aggregate(self):
        if self.computation_mode == "count":
            return "__count"
        return f"{self.field_id.name}:{AGGREGATES[self.computation_mode]}"
