from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_date, format_datetime

from ..ml import explain
from ..ml.learn import SCORED
from ..ml.table import NUMBER, TAGS

MANY = 6  # reasons that are named
LEAST_GAIN = 1.0  # points that a step has to be worth to be proposed


class CrmLead(models.Model):
    """Why a lead has its score, and what would raise it, in words."""

    _inherit = "crm.lead"

    @api.readonly
    def get_score_reasons(self):
        """What the popover of the score shows. Reading it writes nothing.

        :return: dict: score, band, state, base (points of 100), reasons (list of label, value, points; the
            largest first), rest (points of all else), similar (count, share, low, high in points; or
            False), raises (list of step, label, points), learned_on, closed (closed leads it was learned from);
            with too few closed leads: closed, needed, needed_each
        """
        self.ensure_one()
        self._check_score_access()
        shown = {
            "score": self.win_score,
            "band": self.win_score_band,
            "state": self.win_score_state,
            "probability": self.probability,
            "typed": not self.is_automated_probability,
        }
        company = self._score_company_id()
        serving = self.env["crm.scoring.model"]._serving(company)
        if not serving or not self.win_score_state:
            return shown | self.env["crm.scoring.model"].sudo()._needed(company)
        number, scorer, facts = serving
        version = self.env["crm.scoring.model"].sudo().browse(number)
        shown |= {
            "base": round(100 * scorer.base, 1),
            "closed": facts.get("closed", 0),
            "learned_on": version.trained_at.isoformat(),
        }
        return shown | (self._score_reasons(scorer) if facts["verdict"] == SCORED else {})

    def _check_score_access(self):
        """Colleagues who may see the lead; a reseller who may see it in the portal is none."""
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("What a lead's score is made of is for colleagues only."))

    def _score_reasons(self, scorer):
        features = tuple(binned.feature for binned in scorer.schema)
        table = self._score_table(self.ids, features)
        found = explain.reasons(scorer, table)
        named = [reason for reason in found if reason.name][:MANY]
        rest = sum(reason.points for reason in found) - sum(reason.points for reason in named)
        similar = scorer.similar(self.win_score / 100)
        return {
            "reasons": [
                {
                    "name": reason.name,
                    "label": self._score_label(reason.name),
                    "value": self._score_value(reason.name, table),
                    "points": round(reason.points, 1),
                }
                for reason in named
            ],
            "rest": round(rest, 1),
            "similar": similar
            and {
                "count": similar[0],
                **{name: round(100 * value) for name, value in zip(("share", "low", "high"), similar[1:], strict=True)},
            },
            "raises": self._score_raises(scorer, table),
        }

    # -- what would raise it -------------------------------------------------------------------

    @api.model
    def _score_steps(self):
        """step -> (label, what would be different); addons add theirs. A number is added to what is there."""
        return {
            "phone": (self.env._("Ask for a phone number"), {"has.phone": 1.0, "phone_state": "correct"}),
            "meeting": (self.env._("Hold a meeting"), {"count.meeting_held": "+1", "count.meeting_planned": "+1"}),
            "next_step": (self.env._("Plan the next step"), {"flag.next_step": 1.0, "count.activity_planned": "+1"}),
            "message": (self.env._("Write to the customer"), {"count.message_out": "+1", "hours.since_contact": 0.0}),
        }

    def _score_raises(self, scorer, table):
        """Steps that a person can take, the most helpful first."""
        steps, changes = [], []
        for name, (label, change) in self._score_steps().items():
            values = {feature: self._score_changed(feature, value, table) for feature, value in change.items()}
            values = {feature: value for feature, value in values.items() if value is not None}
            if values and name not in self._score_steps_done():
                steps.append((name, label))
                changes.append(values)
        gains = explain.what_if(scorer, table, changes)
        found = [
            {"step": name, "label": label, "points": round(gain, 1)}
            for (name, label), gain in zip(steps, gains, strict=True)
            if gain >= LEAST_GAIN
        ]
        return sorted(found, key=lambda step: -step["points"])

    def _score_steps_done(self):
        """Steps that make no sense any more for this lead."""
        done = set()
        if self.phone:
            done.add("phone")
        if self.activity_ids:
            done.add("next_step")
        return done

    @api.model
    def _score_changed(self, feature, value, table):
        """The value that a feature would have; None where the score doesn't go by it."""
        column = table.columns.get(feature)
        if column is None:
            return None
        if isinstance(value, str) and value.startswith("+"):
            known = float(column[0])
            return (0.0 if known != known else known) + float(value)
        if isinstance(value, str):
            return self.env.execute_query(SQL("SELECT %s", self._score_sql_of_text(SQL("%s::text", value))))[0][0]
        return value

    # -- words ---------------------------------------------------------------------------------

    @api.model
    def _score_words(self):
        """Names of features that are no field, for people."""
        _ = self.env._
        return {
            "arrival.hour": _("Hour of arrival"),
            "arrival.weekday": _("Weekday of arrival"),
            "days.age": _("Age of the lead"),
            "days.in_stage": _("Time in this stage"),
            "hours.since_contact": _("Time since the last contact"),
            "hours.first_answer": _("Our first answer"),
            "hours.their_answer": _("How fast the customer came back"),
            "flag.next_step": _("Next step planned"),
            "email.is_company": _("E-mail of a company"),
            "email.domain": _("E-mail domain"),
            "length.description": _("Length of the notes"),
        }

    @api.model
    def _score_label(self, name):
        """A feature in the words of the user."""
        words = self._score_words()
        if name in words:
            return words[name]
        family, _dot, rest = name.partition(".")
        if family == "count":
            kind = self.env["crm.lead.event"]._event_kinds().get(rest)
            return str(kind.label) if kind else rest
        if family == "property":
            return self._score_property_label(rest.removesuffix(".days"))
        field = self._fields.get(rest if family == "has" else name)
        if not field:
            return name
        label = field.get_description(self.env, ["string"])["string"]
        return self.env._("%(field)s known", field=label) if family == "has" else label

    @api.model
    def _score_property_label(self, name):
        for team in self.env["crm.team"].sudo().with_context(active_test=False).search([]):
            for definition in team.lead_properties_definition or ():
                if definition.get("name") == name:
                    return definition.get("string") or name
        return name

    def _score_value(self, name, table):
        """What a lead has of a feature, in words; empty where the label says all."""
        column = table.columns[name]
        feature = next(own for own in table.features if own.name == name)
        family = name.partition(".")[0]
        if name in self._fields:
            return self._score_field_value(name)
        if family == "property":
            return self._score_property_value(name.split(".")[1])
        if name == "email.domain":
            return (self.email_normalized or "").partition("@")[2]
        if feature.kind == TAGS:
            return ""
        value = float(column[0])
        if feature.kind != NUMBER or value != value:
            return "" if feature.kind != NUMBER else self.env._("unknown")
        if feature.is_flag or family == "has":
            return self.env._("yes") if value else self.env._("no")
        return self._score_number(name, value)

    def _score_field_value(self, name):
        value, field = self[name], self._fields[name]
        if field.type in ("many2one", "many2many"):
            return ", ".join(value.sudo(False).mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type in ("float", "monetary", "integer"):
            return self.env["ir.qweb.field.float"].value_to_html(value, {"precision": 0})
        return str(value or "")

    def _score_property_value(self, name):
        """A property as the form shows it, by who reads: of records that he may not see no name comes."""
        [lead] = self.read(["lead_properties"])
        for own in lead["lead_properties"] or ():
            if own["name"] == name:
                return self._score_property_words(own)
        return self.env._("unknown")

    def _score_property_words(self, own):
        value, kind = own.get("value"), own["type"]
        if kind == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if (not value and value != 0) or value is False:
            return self.env._("unknown")
        if kind in ("selection", "tags"):
            words = dict(item[:2] for item in own.get("selection" if kind == "selection" else "tags") or ())
            chosen = [value] if kind == "selection" else value
            return ", ".join(words[item] for item in chosen if item in words)
        if kind == "many2one":
            return value[1] or ""
        if kind == "many2many":
            return ", ".join(item[1] for item in value if item[1])
        if kind == "date":
            return format_date(self.env, value)
        if kind == "datetime":
            return format_datetime(self.env, value)
        return f"{value:g}" if kind in ("integer", "float") else str(value)

    @api.model
    def _score_number(self, name, value):
        if name.startswith("hours."):
            if value < 48:
                return self.env._("%(hours)s h", hours=round(value))
            return self.env._("%(days)s days", days=round(value / 24))
        if name.startswith("days."):
            return self.env._("%(days)s days", days=round(value))
        return f"{value:g}"
