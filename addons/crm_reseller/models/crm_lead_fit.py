from datetime import timedelta
from math import nan

from odoo import api, fields, models
from odoo.tools import SQL

from ..fit.facts import Lead, Partner
from ..fit.place import place_of
from ..fit.rank import rank

LEAD_FIELDS = (
    *("company_id", "country_id", "state_id", "partner_latitude", "partner_longitude", "industry_id", "tag_ids"),
    *("lang_id", "partner_declined_ids"),
)
PARTNER_FIELDS = (
    *("company_id", "country_id", "state_id", "partner_latitude", "partner_longitude", "date_localization", "email"),
    *("partner_weight", "commercial_partner_id", "reseller_capacity", "reseller_paused_until", "reseller_country_ids"),
    *("reseller_state_ids", "reseller_industry_ids", "reseller_tag_ids", "reseller_lang_ids"),
)
ANSWER_DAYS = 180  # answers of so many days say how quick a partner is


class CrmLead(models.Model):
    """Reads leads and partners in bulk, and asks the engine who fits."""

    _inherit = "crm.lead"

    def _partners_that_fit(self, way, top, without_history=False):
        """Who is to be asked for each lead, in a number of queries that does not grow with them.

        :param without_history: as if nobody had been asked for these leads yet
        :return: list of `fit.facts.Answer`, in the order of the leads
        """
        leads = self.sudo()
        return rank(leads._fit_leads(without_history), leads._fit_partners(), way=way, top=top)

    def _fit_leads(self, without_history):
        self.fetch(LEAD_FIELDS)
        asked = {} if without_history else self._partners_asked()
        protections = {} if without_history else self._protections()
        return [
            Lead(
                id=lead.id,
                company=lead.company_id.id or 0,
                country=lead.country_id.id or 0,
                state=lead.state_id.id or 0,
                **_place(lead),
                industry=lead.industry_id.id or 0,
                tags=frozenset(lead.tag_ids._ids),
                language=lead.lang_id.id or 0,
                had=frozenset()
                if without_history
                else frozenset(lead.partner_declined_ids._ids) | asked.get(lead.id, frozenset()),
                kept_for=frozenset(protections[lead.id].partner_id.commercial_partner_id._ids)
                if lead.id in protections
                else frozenset(),
            )
            for lead in self
        ]

    def _partners_asked(self):
        offers = self.env["crm.lead.offer"]._read_group(
            [("lead_id", "in", self.ids)], ["lead_id"], ["partner_id:array_agg"]
        )
        return {lead.id: frozenset(partner_ids) for lead, partner_ids in offers}

    @api.model
    def _get_reseller_domain(self):
        """Partners to whom leads can be offered; override it to add conditions."""
        return [("partner_weight", ">", 0)]

    @api.model
    def _fit_partners(self):
        partners = self.env["res.partner"].search_fetch(self._get_reseller_domain(), PARTNER_FIELDS)
        partners.reseller_state_ids.fetch(["country_id"])
        closed, answers = self._fit_leads_of_partners(), self._fit_offers_of_partners()
        today = fields.Date.today()
        return [
            Partner(
                id=partner.id,
                company=partner.company_id.id or 0,
                family=partner.commercial_partner_id.id,
                country=partner.country_id.id or 0,
                state=partner.state_id.id or 0,
                **_place(partner, bool(partner.date_localization)),
                **_area(partner),
                industries=frozenset(partner.reseller_industry_ids._ids),
                tags=frozenset(partner.reseller_tag_ids._ids),
                languages=frozenset(partner.reseller_lang_ids._ids),
                grade=partner.partner_weight,
                capacity=partner.reseller_capacity,
                has_mail=bool(partner.email),
                is_paused=bool(partner.reseller_paused_until) and partner.reseller_paused_until > today,
                **_figures(closed.get(partner.commercial_partner_id.id), answers.get(partner.commercial_partner_id.id)),
            )
            for partner in partners
        ]

    @api.model
    def _fit_leads_of_partners(self):
        """:return: {commercial partner id: (open, won, lost)}"""
        self.flush_model(["partner_assigned_id", "active", "won_status"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.commercial_partner_id,
                       count(*) FILTER (WHERE lead.active AND lead.won_status = 'pending'),
                       count(*) FILTER (WHERE lead.won_status = 'won'),
                       count(*) FILTER (WHERE lead.won_status = 'lost')
                  FROM crm_lead AS lead
                  JOIN res_partner AS partner ON partner.id = lead.partner_assigned_id
                 GROUP BY 1
                """
            )
        )
        return {partner_id: numbers for partner_id, *numbers in rows}

    @api.model
    def _fit_offers_of_partners(self):
        """:return: {commercial partner id: (offers that wait for an answer, hours to answer or None, last offer)}"""
        self.env["crm.lead.offer"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.commercial_partner_id,
                       count(*) FILTER (WHERE offer.state IN ('draft', 'sent')),
                       avg(EXTRACT(EPOCH FROM COALESCE(offer.answered_at, offer.valid_until) - offer.sent_at) / 3600)
                           FILTER (WHERE offer.state IN ('accepted', 'declined', 'expired') AND offer.sent_at > %s),
                       max(offer.id)
                  FROM crm_lead_offer AS offer
                  JOIN res_partner AS partner ON partner.id = offer.partner_id
                 GROUP BY 1
                """,
                fields.Datetime.now() - timedelta(days=ANSWER_DAYS),
            )
        )
        return {partner_id: numbers for partner_id, *numbers in rows}


def _place(record, is_certain=False):
    latitude, longitude = place_of(record.partner_latitude, record.partner_longitude, is_certain)
    return {"latitude": latitude, "longitude": longitude}


def _area(partner):
    """A country of which states are named is served in these only."""
    partly = frozenset(partner.reseller_state_ids.country_id.ids)
    return {
        "countries": frozenset(partner.reseller_country_ids._ids) - partly,
        "states": frozenset(partner.reseller_state_ids._ids),
        "partly": partly,
    }


def _figures(leads, offers):
    now, won, lost = leads or (0, 0, 0)
    waiting, hours, last = offers or (0, None, 0)
    return {
        "load": now + waiting,
        "won": won,
        "lost": lost,
        "answer": nan if hours is None else float(hours),
        "last_offer": last,
    }
