import logging
from urllib.parse import quote, urljoin

from odoo import api, models
from odoo.http import request
from odoo.tools import SQL

from .website_track import DOCUMENT

_logger = logging.getLogger(__name__)


class WebsiteVisitor(models.Model):
    _inherit = "website.visitor"

    def _upsert_visitor(self, access_token, force_track_values=None):
        visitor_id, upsert = super()._upsert_visitor(access_token, force_track_values=force_track_values)
        if force_track_values and upsert == "updated":  # who comes for the first time has no lead
            self.env["website.track"]._event_record(
                SQL(
                    "visitor.id = %s AND track.id = (SELECT max(id) FROM website_track WHERE visitor_id = %s)",
                    visitor_id,
                    visitor_id,
                )
            )
        return visitor_id, upsert

    @api.model
    def _track_download(self, xmlid, model, res_id):
        """Keep among the visits of a visitor whom Odoo knows that he was given this file, an attachment.

        He gets the file whatever happens here. The address that is kept is without a query: it may hold a token.
        """
        if self.env.user._is_internal() or (model or "ir.attachment") != "ir.attachment":
            return
        try:
            with self.env.cr.savepoint():
                visitor = self._get_visitor_from_request()
                document = visitor and self._get_document(xmlid, res_id)
                if document:
                    path = f"{DOCUMENT}{document.id}/{quote(document.name, safe='')}"
                    address = urljoin(request.httprequest.host_url, path)
                    visitor._add_tracking([("url", "=", address)], {"url": address})
        except Exception:
            _logger.exception("A download is not kept among the visits")
            self.env.transaction.clear()

    @api.model
    def _get_document(self, xmlid, res_id):
        """The attachment that was given out; what an external id names may be something else."""
        documents = self.env["ir.attachment"].sudo()
        if not xmlid:
            return documents.browse(int(res_id))
        record = self.env.ref(xmlid, raise_if_not_found=False)
        return documents.browse(record.id) if record and record._name == documents._name else documents
