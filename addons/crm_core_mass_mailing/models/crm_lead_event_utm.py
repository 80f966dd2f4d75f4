from odoo import api, models
from odoo.tools import SQL

DATA = {"mail_opened": "mailing", "link_clicked": "trace"}


class CrmLeadEvent(models.Model):
    """A mailing's touches came from its campaign."""

    _inherit = "crm.lead.event"

    @api.model
    def _attribution_touch_utm(self, rows):
        told = {"mail_opened": {}, "link_clicked": {}}
        for row in rows:
            if row["kind"] in told and (of := (row["data"] or {}).get(DATA[row["kind"]])):
                told[row["kind"]][row["id"]] = of
        opened, clicked = told.values()
        mailings = dict(
            self.env.execute_query(
                SQL("SELECT id, mass_mailing_id FROM mailing_trace WHERE id = ANY(%s)", list(clicked.values()))
            )
        )
        of = {**opened, **{event: mailings.get(trace) for event, trace in clicked.items()}}
        known = {
            mailing: utm
            for mailing, *utm in self.env.execute_query(
                SQL(
                    "SELECT id, source_id, medium_id, campaign_id FROM mailing_mailing WHERE id = ANY(%s)",
                    [mailing for mailing in of.values() if mailing],
                )
            )
        }
        own = {event: tuple(known[mailing]) for event, mailing in of.items() if mailing in known}
        return {**super()._attribution_touch_utm(rows), **own}
