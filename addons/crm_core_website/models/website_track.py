import logging

from odoo import api, models
from odoo.tools import SQL

MOST_BEFORE = 50  # so many visits that came before a lead are told of it, the newest ones
DOCUMENT = "/web/content/"  # with the number of the attachment behind it: what `_track_download` keeps

_logger = logging.getLogger(__name__)


class WebsiteTrack(models.Model):
    """Tells the event log of the pages that the visitors of leads look at, and of the files that they download."""

    _inherit = "website.track"

    @api.model_create_multi
    def create(self, vals_list):
        tracks = super().create(vals_list)
        tracks._event_record(SQL("track.id = ANY(%s)", tracks.ids))
        return tracks

    @api.model
    def _event_record(self, where):
        """Tell the open leads of the visitors of new visits; the page is shown whatever happens here.

        :param SQL where: which visits, in terms of `track` and `visitor`
        """
        rows = self._event_rows(self._event_visits(SQL("%s AND lead.active AND lead.won_status = 'pending'", where)))
        if not rows:
            return
        log = self.env["crm.lead.event"].sudo()
        try:
            with self.env.cr.savepoint():
                log._record(rows)
                log._flush()
        except Exception:
            _logger.exception("Visits are not told of the leads %s", sorted({row["lead_id"] for row in rows}))
            self.env.transaction.clear()

    @api.model
    def _event_visits(self, where):
        """Visits and the leads of their visitors, as SQL; what an employee looks at is no visit of a customer."""
        self.env["website.visitor"].flush_model(["lead_ids", "partner_id"])
        self.env["crm.lead"].flush_model(["active", "won_status"])
        return SQL(
            """
            SELECT link.crm_lead_id AS lead_id, track.id, track.page_id, track.visit_datetime,
                   visitor.partner_id, lead.create_date, substring(track.url FROM %s)::int AS document_id
              FROM crm_lead_website_visitor_rel link
              JOIN crm_lead lead ON lead.id = link.crm_lead_id
              JOIN website_visitor visitor ON visitor.id = link.website_visitor_id
              JOIN website_track track ON track.visitor_id = visitor.id
             WHERE %s AND %s
            """,
            rf"^https?://[^/]+{DOCUMENT}(\d{{1,9}})/",
            where,
            self._event_no_employee(),
        )

    @api.model
    def _event_no_employee(self):
        return SQL(
            "NOT EXISTS (SELECT FROM res_users u WHERE u.partner_id = visitor.partner_id AND u.share IS NOT TRUE)"
        )

    @api.model
    def _event_visits_before(self, where):
        """The events that the newest visits before leads were.

        :param SQL where: of which leads, in terms of `lead`, `visitor` and `track`
        """
        return self._event_rows(
            SQL(
                """
                SELECT lead_id, id, page_id, visit_datetime, partner_id, document_id
                  FROM (SELECT *, row_number() OVER (PARTITION BY lead_id ORDER BY visit_datetime DESC, id DESC)
                          FROM (%s) visits
                         WHERE visit_datetime <= create_date) visits
                 WHERE row_number <= %s
                 ORDER BY visit_datetime, id
                """,
                self._event_visits(where),
                MOST_BEFORE,
            )
        )

    @api.model
    def _event_rows(self, visits):
        """:param SQL visits: what `_event_visits` gives"""
        return [
            {
                "lead_id": visit["lead_id"],
                "kind": "downloaded" if visit["document_id"] else "page_visited",
                "moment": visit["visit_datetime"],
                "actor_id": visit["partner_id"],
                "direction": "in",
                "model": self._name,
                "res_id": visit["id"],
                "data": self._event_data(visit),
            }
            for visit in self.env.execute_query_dict(visits)
        ]

    @api.model
    def _event_data(self, visit):
        if visit["document_id"]:
            return {"document": visit["document_id"]}
        return {"page": visit["page_id"]} if visit["page_id"] else {}
