from odoo import api, models
from odoo.tools import format_amount, format_datetime

from ..fit.facts import WEIGHTS
from ..fit.masking import masked

CONTACT = ("contact_name", "partner_name", "email_from", "phone", "website", "street")


class CrmLeadOffer(models.Model):
    """What is told of an offer: to us why this partner, to the partner what the lead is about."""

    _inherit = "crm.lead.offer"

    # -- why this partner ----------------------------------------------------------------------

    @api.model
    def _reason_writer(self):
        """:return: function that puts a `fit.facts.Choice` in words, best reason first, a line each; all points
        together are its score"""

        def line(words, reasons):
            return self.env._(
                "%(words)s (%(points)s of %(weight)s)",
                words=words,
                points=round(sum(reason.points for reason in reasons)),
                weight=sum(WEIGHTS[reason.part] for reason in reasons),
            )

        def words(choice):
            told = [(self._reason_words(reason), reason) for reason in choice.reasons]
            told.sort(key=lambda pair: -pair[1].points)
            lines = [line(text, [reason]) for text, reason in told if text]
            rest = [reason for text, reason in told if not text]
            return "\n".join([*lines, line(self.env._("all else, not known or not special"), rest)] if rest else lines)

        return words

    @api.model
    def _reason_words(self, reason):
        value = reason.value
        share = reason.points / WEIGHTS[reason.part]
        return {
            ("distance", "km"): lambda: self.env._("%(km)s km away", km=round(value)),
            ("room", "places"): lambda: self.env._("has room for %(number)s more", number=round(value)),
            ("room", "open"): lambda: self.env._("has %(number)s open leads", number=round(value)),
            ("won", "share"): lambda: self.env._("wins %(percent)s %% of his leads", percent=round(value * 100)),
            ("answer", "hours"): lambda: self.env._("answers within %(hours)s h", hours=max(round(value), 1)),
            ("region", "share"): lambda: self._region_words(share),
            ("branch", "share"): lambda: self.env._("takes such leads by industry or tag") if share > 0.8 else "",
            ("language", "share"): lambda: self.env._("speaks the language") if share > 0.8 else "",
            ("grade", "share"): lambda: self.env._("has the highest level") if share > 0.99 else "",
        }.get((reason.part, reason.kind), lambda: "")()

    @api.model
    def _region_words(self, share):
        if share > 0.9:
            return self.env._("is in the same state")
        return self.env._("serves the country") if share > 0.7 else ""

    @api.model
    def _left_out_words(self, left_out):
        """Why nobody, or not everybody, was asked: "3 have no room, 2 serve other countries"."""
        texts = {
            "no_mail": self.env._("have no e-mail address"),
            "company": self.env._("belong to another company"),
            "protected": self.env._("may not have it while another has registered the company"),
            "had_it": self.env._("were asked before"),
            "region": self.env._("serve other countries or states"),
            "branch": self.env._("take other industries or tags"),
            "paused": self.env._("are paused"),
            "no_room": self.env._("have no room"),
        }
        return ", ".join(f"{number} {texts[name]}" for name, number in left_out.items())

    @api.model
    def _offered_words(self, number, open_number, asked_number, left_out):
        told = [self.env._("Partners are asked for %(asked)s of %(number)s leads.", asked=asked_number, number=number)]
        if closed := number - open_number:
            told.append(
                self.env._("%(number)s are closed, have a partner, or wait for an answer already.", number=closed)
            )
        if nobody := open_number - asked_number:
            told.append(self.env._("For %(number)s nobody fits.", number=nobody))
            if left_out:
                told.append(self.env._("Of the partners %(why)s.", why=self._left_out_words(left_out)))
        return " ".join(told)

    # -- what the lead is about ----------------------------------------------------------------

    def _shows_contact(self):
        return self.state == "accepted" or self.company_id.sudo().reseller_shows_contact

    def _title(self):
        """The lead's name, without what tells who it is."""
        lead = self.sudo().lead_id
        if self._shows_contact():
            return lead.name or ""
        return masked(lead.name or "", [lead[name] or "" for name in CONTACT]) or self.env._("A new lead")

    def _summary(self):
        """What the partner reads before he answers, as [(label, value), …]; of tags those that he named himself."""
        lead = self.sudo().lead_id
        city = lead.city if self._shows_contact() else ""
        rows = [
            (self.env._("Where"), ", ".join(filter(None, (city, lead.state_id.name, lead.country_id.name)))),
            (self.env._("Industry"), lead.industry_id.name),
            (
                self.env._("Employees"),
                dict(lead._fields["company_size"]._description_selection(self.env)).get(lead.company_size),
            ),
            (self.env._("About"), ", ".join((lead.tag_ids & self.sudo().partner_id.reseller_tag_ids).mapped("name"))),
            (self.env._("Language"), lead.lang_id.name),
            (self.env._("Expected revenue"), self._revenue_words(lead)),
        ]
        if self._shows_contact():
            rows += [
                (self.env._("Company"), lead.partner_name),
                (self.env._("Contact"), lead.contact_name),
                (self.env._("E-mail"), lead.email_from),
                (self.env._("Phone"), lead.phone),
            ]
        return [(label, value) for label, value in rows if value]

    def _revenue_words(self, lead):
        currency = lead.company_currency or self.company_id.currency_id
        return format_amount(self.env, lead.expected_revenue, currency) if lead.expected_revenue else ""

    def _until_words(self):
        """In the partner's time zone, without seconds."""
        zone = self.partner_id.tz or self.company_id.partner_id.tz or "UTC"
        return format_datetime(self.env, self.valid_until, tz=zone, dt_format="short") if self.valid_until else ""
