from odoo import api, models
from odoo.tools import SQL

from ..ml.table import CATEGORY, NUMBER, TAGS
from .crm_lead_features import FILLED


class CrmLead(models.Model):
    """How each feature of a lead's fields is read: SQL over `lead`, NULL where unknown. Nothing in
    here can fail on what a column or a property holds."""

    _inherit = "crm.lead"

    @api.model
    def _score_field_specs(self):
        """Features that are no plain field: name -> function that gives the SQL of its value, of type
        int8 (CATEGORY), float8 (NUMBER), or a query of int8 rows (TAGS). Addons add theirs."""
        return {
            **{f"has.{name}": lambda name=name: self._score_sql_of_filled(name) for name in FILLED},
            "email.is_company": lambda: SQL(
                "CASE WHEN lead.email_domain_criterion LIKE '@%%' THEN 1"
                " WHEN lead.email_domain_criterion <> '' THEN 0 END::float8"
            ),
            "email.domain": lambda: self._score_sql_of_text(SQL("split_part(lead.email_normalized, '@', 2)")),
            "ended": lambda: SQL("date_part('epoch', lead.date_closed)"),
            "written": lambda: SQL("date_part('epoch', lead.write_date)"),
            "length.description": lambda: SQL("COALESCE(octet_length(lead.description), 0)::float8"),
        }

    @api.model
    def _score_sql(self, feature):
        """How a feature is read; None where there is nothing to read it from (any more), and for
        what `_score_sql_of_pairs` reads."""
        if feature.name.startswith("property."):
            return self._score_sql_of_property(feature)
        special = self._score_field_specs().get(feature.name)
        if special:
            return special()
        if feature.kind == TAGS or self._score_kind_of(feature.name) != (feature.kind, feature.is_flag):
            return None
        field = self._fields[feature.name]
        return self._score_sql_of_column(field, SQL.identifier("lead", field.name))

    @api.model
    def _score_sql_of_pairs(self, feature, ids):
        """What a many2many field holds for some leads: one row of two packed columns, lead and other
        record; None for anything else."""
        field = self._fields.get(feature.name)
        if feature.kind != TAGS or self._score_kind_of(feature.name) != (TAGS, False):
            return None
        return SQL(
            "SELECT string_agg(int8send(%(lead)s), ''), string_agg(int8send(%(other)s), '')"
            " FROM %(table)s WHERE %(lead)s = ANY(%(ids)s::int[])",
            lead=SQL.identifier(field.column1),
            other=SQL.identifier(field.column2),
            table=SQL.identifier(field.relation),
            ids=ids,
        )

    @api.model
    def _score_sql_of_column(self, field, column):
        if field.type in ("char", "selection"):
            return self._score_sql_of_text(column)
        if field.type == "many2one":
            return SQL("%s::int8", column)
        if field.type == "boolean":
            return SQL("%s::int::float8", column)
        if field.type in ("date", "datetime"):
            return SQL("(date_part('epoch', %s) - date_part('epoch', lead.create_date)) / 86400", column)
        return self._score_sql_of_number(column) if field.column_type[0] == "numeric" else SQL("%s::float8", column)

    @api.model
    def _score_sql_of_text(self, text):
        return SQL("hashtextextended(NULLIF(lower(trim(%s)), ''), 0)", text)

    @api.model
    def _score_sql_of_number(self, number):
        """Of a `numeric`: what is too big or too fine for a float8 would be an error."""
        return SQL("CASE WHEN abs(%(number)s) < 1e18 THEN round(%(number)s, 6)::float8 END", number=number)

    @api.model
    def _score_sql_of_filled(self, name):
        column = SQL.identifier("lead", name)
        if self._fields[name].type == "char":
            return SQL("(COALESCE(%s, '') <> '')::int::float8", column)
        return SQL("(%s IS NOT NULL)::int::float8", column)

    @api.model
    def _score_sql_of_property(self, feature):
        """A property is read as what the feature was when it was learned: another type is unknown."""
        name = feature.name.split(".")[1]
        value = SQL("lead.lead_properties -> %s::text", name)
        text = SQL("(lead.lead_properties ->> %s::text)", name)
        if feature.kind == CATEGORY:
            return self._score_sql_of_json_code(SQL("(%s)", value), text)
        if feature.kind == TAGS:
            codes = self._score_sql_of_json_code(SQL("item.value"), SQL("(item.value #>> '{}')"))
            return SQL(
                "SELECT DISTINCT %(codes)s FROM jsonb_array_elements(CASE jsonb_typeof(%(value)s) WHEN 'array'"
                " THEN %(value)s ELSE '[]' END) AS item(value) WHERE jsonb_typeof(item.value) IN ('string', 'number')"
                " AND %(codes)s IS NOT NULL ORDER BY 1",
                codes=codes,
                value=value,
            )
        if feature.is_flag:
            return SQL("CASE %s WHEN 'true'::jsonb THEN 1 WHEN 'false'::jsonb THEN 0 END::float8", value)
        if feature.name.endswith(".days"):
            return SQL(
                "CASE WHEN %(text)s LIKE '____-__-__%%' AND translate(left(%(text)s, 10), '0123456789', '') = '--'"
                " AND jsonb_typeof(%(value)s) = 'string' THEN replace(left(%(text)s, 10), '-', '')::float8 END",
                value=value,
                text=text,
            )
        number = self._score_sql_of_number(SQL("(%s)::numeric", value))
        return SQL("CASE jsonb_typeof(%s) WHEN 'number' THEN %s END", value, number)

    @api.model
    def _score_sql_of_json_code(self, value, text):
        """A text's hash, a number as it is."""
        return SQL(
            "CASE jsonb_typeof(%(value)s) WHEN 'string' THEN %(hash)s"
            " WHEN 'number' THEN CASE WHEN abs((%(value)s)::numeric) < 1e18 THEN trunc((%(value)s)::numeric)::int8"
            " END END",
            value=value,
            text=text,
            hash=self._score_sql_of_text(text),
        )

    @api.model
    def _score_sql_packed(self, kind, column):
        """How values are packed, from the column in which `_score_sql_unpacked` has put them."""
        if kind == CATEGORY:
            return SQL("string_agg(int8send(COALESCE(%s, -9223372036854775808)), '')", column)
        if kind == NUMBER:
            return SQL("string_agg(float8send(COALESCE(%s, 'NaN')), '')", column)
        return SQL("string_agg(%(column)s, ''), string_agg(int8send(octet_length(%(column)s)), '')", column=column)

    @api.model
    def _score_sql_unpacked(self, kind, value):
        if kind != TAGS:
            return value
        return SQL("COALESCE((SELECT string_agg(int8send(code), '') FROM (%s) AS tag(code)), '')", value)
