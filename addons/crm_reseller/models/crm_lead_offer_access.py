from datetime import timedelta
from ipaddress import ip_address, ip_network

from odoo import api, fields, models
from odoo.tools import hmac

SCOPE = "crm_reseller.access"
MOST = 30  # in so many minutes from one address
MINUTES = 10
KEPT_DAYS = 180


class CrmLeadOfferAccess(models.Model):
    """Each use of a link, also of one that is not ours. No address is kept: its network, and a keyed hash."""

    _name = "crm.lead.offer.access"
    _description = "Use of an Offer's Link"
    _order = "id desc"
    _log_access = False

    offer_id = fields.Many2one("crm.lead.offer", readonly=True, index="btree_not_null", ondelete="cascade")
    moment = fields.Datetime(readonly=True, required=True, index=True)
    what = fields.Selection(
        [
            ("opened", "Opened"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("too_late", "Answer Came Too Late"),
            ("refused", "Link Not Valid"),
        ],
        readonly=True,
        required=True,
    )
    network = fields.Char(readonly=True)
    address_hash = fields.Char(readonly=True, index=True)

    @api.model
    def _hash(self, address):
        return hmac(self.sudo().env, SCOPE, address or "")[:32]

    @api.model
    def _is_too_often(self, address):
        """Whether this address has used up what it may ask for in a few minutes."""
        since = fields.Datetime.now() - timedelta(minutes=MINUTES)
        domain = [("address_hash", "=", self._hash(address)), ("moment", ">", since)]
        return self.sudo().search_count(domain, limit=MOST) >= MOST

    @api.model
    def _note(self, offer, what, address):
        self.sudo().create(
            {
                "offer_id": offer.id,
                "moment": fields.Datetime.now(),
                "what": what,
                "network": _network(address),
                "address_hash": self._hash(address),
            }
        )

    @api.autovacuum
    def _forget(self):
        self.sudo().search([("moment", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))]).unlink()


def _network(address):
    """The last part of an address says who it is, the rest from where."""
    try:
        bits = 24 if ip_address(address).version == 4 else 48
        return str(ip_network(f"{address}/{bits}", strict=False))
    except ValueError:
        return False
