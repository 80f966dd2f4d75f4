from odoo import models
from odoo.tools import SQL


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
