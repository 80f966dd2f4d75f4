from odoo import api, models
from odoo.tools import SQL

from ..ml.table import CATEGORY, NUMBER, TAGS, Feature

# stock fields that are learned from by themselves, as the types of their fields say
FIELDS = (
    *("country_id", "state_id", "city", "lang_id", "source_id", "medium_id", "campaign_id", "team_id", "stage_id"),
    *("type", "industry_id", "company_size", "email_state", "phone_state"),
    *("expected_revenue", "recurring_revenue", "date_deadline", "tag_ids"),
)
FILLED = ("phone", "partner_name", "contact_name", "website", "function")
# fields that change until the end, so that closed leads show what became known last: only where it is known what
# they were. Likewise nothing is made of whether there is a customer: winning a lead makes one.
CHANGING = frozenset(("date_deadline",))
# fields of which the log keeps what they were; in those of the second line only from its beginning on
TRACKED = frozenset(("stage_id", "user_id", "team_id", "type", "expected_revenue", "recurring_revenue"))
KEPT = frozenset(("tag_ids", "date_deadline"))
# how the lead ended, and what says so: never learned from, whoever asks for it
OUTCOME = frozenset(
    (
        *("won_status", "lost_reason_id", "active", "probability", "automated_probability", "date_closed"),
        *("day_close", "prorated_revenue", "recurring_revenue_prorated", "recurring_revenue_monthly_prorated"),
        *("win_score", "win_score_band", "win_score_state", "win_score_at", "write_date", "write_uid"),
    )
)
# what becomes known of custom fields and properties
CUSTOM_TYPES = {
    "many2one": CATEGORY,
    "selection": CATEGORY,
    "char": CATEGORY,
    "boolean": NUMBER,
    "integer": NUMBER,
    "float": NUMBER,
    "monetary": NUMBER,
    "date": NUMBER,
    "datetime": NUMBER,
}
PROPERTY_TYPES = {**CUSTOM_TYPES, "tags": TAGS, "many2many": TAGS}
# events that tell how the lead ended, or only what we noted in our books
UNCOUNTED = frozenset(
    (
        *("won", "lost", "reopened", "order_confirmed"),
        *("created", "imported", "assigned", "merged", "tagged", "probability_set"),
    )
)
COMPUTED = (
    Feature("arrival.hour", CATEGORY),
    Feature("arrival.weekday", CATEGORY),
    Feature("days.age", NUMBER),
    Feature("days.in_stage", NUMBER),
    Feature("hours.since_contact", NUMBER),
    Feature("hours.first_answer", NUMBER),
    Feature("hours.their_answer", NUMBER),
    Feature("flag.next_step", NUMBER, is_flag=True),
)


class CrmLead(models.Model):
    """What the score is learned from."""

    _inherit = "crm.lead"

    @api.model
    def _score_features(self, company):
        """All that is learned from in a company: what is known without set-up, less what an
        administrator left out, and what he took in.

        :return: tuple of Feature
        """
        kept = self._score_kept()
        chosen = self.env["crm.scoring.field"].sudo().search([("company_id", "=", company.id)])
        uses = {line.name.strip(): line.use for line in chosen}
        found = {
            feature.name: feature
            for feature in (
                *self._score_field_features(kept),
                *self._score_custom_features(kept),
                *self._score_property_features(company),
                *COMPUTED,
                *self._score_count_features(),
            )
            if "leave_out" not in (uses.get(feature.name), uses.get(self._score_source(feature.name)))
        }
        for name in (name for name, use in uses.items() if use == "take_in"):
            feature = self._score_feature_of(name, kept)
            if feature:
                found.setdefault(feature.name, feature)
        return tuple(found.values())

    @api.model
    def _score_source(self, name):
        """Name of the field or property that a feature is made of."""
        made_of = name.split(".")
        return made_of[1] if made_of[0] in ("has", "length", "property") else name

    @api.model
    def _score_field_features(self, kept):
        """Features of the lead's own fields. Addons that add some also say in `_score_field_specs`
        how they are read, if their name is not that of a field."""
        return [
            *filter(None, (self._score_feature_of(name, kept) for name in FIELDS if name not in CHANGING - kept)),
            *(Feature(f"has.{name}", NUMBER, as_it_stands=True, is_flag=True) for name in FILLED),
            Feature("email.is_company", NUMBER, as_it_stands=True, is_flag=True),
            Feature("email.domain", CATEGORY, as_it_stands=True),
            Feature("length.description", NUMBER, as_it_stands=True),
        ]

    @api.model
    def _score_custom_features(self, kept):
        names = (name for name, field in self._fields.items() if field.manual and field.type in CUSTOM_TYPES)
        return filter(None, (self._score_feature_of(name, kept) for name in names))

    @api.model
    def _score_property_features(self, company):
        """Of the properties that the company's teams have; of two that bear one name the first counts."""
        teams = self.env["crm.team"].sudo().with_context(active_test=False)
        found = {}
        for team in teams.search([("company_id", "in", (False, company.id))], order="id"):
            for definition in team.lead_properties_definition or ():
                kind = PROPERTY_TYPES.get(definition.get("type"))
                if kind:
                    is_day = definition["type"] in ("date", "datetime")
                    name = f"property.{definition['name']}{'.days' if is_day else ''}"
                    is_flag = definition["type"] == "boolean"
                    found.setdefault(definition["name"], Feature(name, kind, as_it_stands=True, is_flag=is_flag))
        return found.values()

    @api.model
    def _score_count_features(self):
        return [Feature(f"count.{name}", NUMBER) for name in self._score_counted_kinds()]

    @api.model
    def _score_counted_kinds(self):
        return [name for name in self.env["crm.lead.event"]._event_kinds() if name not in UNCOUNTED]

    @api.model
    def _score_feature_of(self, name, kept):
        """The feature that a field is; None for what can't be one. :param kept: names, see `_score_kept`"""
        kind, is_flag = self._score_kind_of(name)
        return Feature(name, kind, as_it_stands=name not in kept, is_flag=is_flag) if kind else None

    @api.model
    def _score_kind_of(self, name):
        """As what a field is learned, and whether it is a flag; None for what can't be learned."""
        field = self._fields.get(name)
        if not field or not field.store or name in OUTCOME:
            return None, False
        if field.type == "many2many":
            return TAGS if field.relation else None, False
        is_plain = field.column_type and field.column_type[0] != "jsonb"
        return CUSTOM_TYPES.get(field.type) if is_plain else None, field.type == "boolean"

    @api.model
    def _score_kept(self):
        """Names of the fields of which it is known of every lead what they were at any moment."""
        log = self.env["crm.lead.event"]
        start = log._log_start().get("moment")
        older = SQL("SELECT EXISTS (SELECT FROM crm_lead WHERE create_date < %s)", start)
        if start and not self.env.execute_query(older)[0][0]:
            return TRACKED | KEPT
        return TRACKED if log._is_past_told() else frozenset(("stage_id",))
