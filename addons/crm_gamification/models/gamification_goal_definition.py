import ast

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..goals.domains import merge

AGGREGATES = {"sum": "sum", "average": "avg"}


class GamificationGoalDefinition(models.Model):
    _inherit = "gamification.goal.definition"

    computation_mode = fields.Selection(
        selection_add=[("average", "Automatic: average of a field")],
        ondelete={"average": lambda definitions: definitions.write({"computation_mode": "sum"})},
    )

    def _values_of(self, goals):
        """Each goal's value: {goal: number}, None where there is nothing to average.

        One query for each period where the definition counts in batch, or by a domain that names the person.
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
        return self._values_grouped(
            self.batch_distinctive_field.name, keys, Domain(ast.literal_eval(self.domain)) & within
        )

    def _values_by_domain(self, users, within):
        """One query where the domains differ in nothing but the person, else one for each different domain."""
        domains = {user: safe_eval(self.domain, {"user": user}) for user in users}
        different = {repr(domain): domain for domain in domains.values()}
        merged = merge(different)
        if merged and self._is_grouped_by(merged.field):
            found = self._values_grouped(merged.field, merged.values, Domain(merged.common) & within)
        else:
            found = {text: self._value_in(Domain(domain) & within) for text, domain in different.items()}
        return {user: found[repr(domain)] for user, domain in domains.items()}

    def _values_grouped(self, name, keys, domain):
        """The value of each key's rows: {person: value} for keys {person: key}."""
        domain &= Domain(name, "in", list(set(keys.values())))
        rows = self._get_counted_model()._read_group(domain, [name], [self._get_aggregate()])
        found = {key.id if isinstance(key, models.BaseModel) else key: value or 0.0 for key, value in rows}
        nothing = None if self.computation_mode == "average" else 0.0
        return {person: found.get(key, nothing) for person, key in keys.items()}

    def _value_in(self, domain):
        [(count, value)] = self._get_counted_model()._read_group(domain, [], ["__count", self._get_aggregate()])
        return None if not count and self.computation_mode == "average" else value or 0.0

    def _get_counted_model(self):
        """A day is one of UTC, as for Odoo's job, whatever the time zone of who asks for a refresh."""
        return self.env[self.model_id.model].with_context(tz="UTC")

    def _is_grouped_by(self, name):
        field = self._get_counted_model()._fields.get(name)
        return bool(field) and field.store and field.type in ("many2one", "integer")

    def _get_aggregate(self):
        """As Odoo does, rows are counted where the field to sum is no number."""
        field = self._get_counted_model()._fields.get(self.field_id.name)
        if self.computation_mode == "count" or not field or field.type not in ("integer", "float", "monetary"):
            return "__count"
        return f"{field.name}:{AGGREGATES[self.computation_mode]}"
