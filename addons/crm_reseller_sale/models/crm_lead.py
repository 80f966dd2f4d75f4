from odoo import models
from odoo.fields import Domain
from odoo.tools import format_amount

from ..quoting.entered import Entered

SHOWN = 50


class CrmLead(models.Model):
    """What a partner reads for his quotations, as plain values."""

    _inherit = "crm.lead"

    def _partner_page(self):
        is_on = self._quoting_company()._lets_partners_quote()
        return {
            **super()._partner_page(),
            "quotations": [order._for_partner() for order in self._partner_quotations()] if is_on else [],
            "can_quote": is_on and not self._why_no_quotation(),
        }

    def _quoting_company(self):
        return (self.sudo().company_id or self.env.company).sudo()

    def _why_no_quotation(self):
        """Why the partner can't make a quotation now, in words."""
        if self.type != "opportunity":
            return self.env._("A quotation can be made once this is an opportunity. Write a message about it.")
        return self._why_partner_waits()

    def _partner_quotations(self):
        """Those that his company made for this opportunity; nothing else of its orders."""
        company = self.env.user.sudo().commercial_partner_id
        domain = [("opportunity_id", "=", self.id), ("reseller_id", "=", company.id)]
        return self.env["sale.order"].sudo().search(domain, order="id desc", limit=SHOWN)

    def _open_products_domain(self):
        """The products that the partner may quote for this opportunity."""
        partner = self.env.user.sudo().partner_id
        weight = max(partner.partner_weight, partner.commercial_partner_id.partner_weight)
        kinds = self.env["product.template"]._get_saleable_tracking_types()
        return (
            Domain("reseller_open", "=", True)
            & Domain("sale_ok", "=", True)
            & Domain("type", "!=", "combo")
            & Domain("service_tracking", "in", kinds)
            & Domain("company_id", "in", [False, self._quoting_company().id])
            & (Domain("reseller_grade_id", "=", False) | Domain("reseller_grade_id.partner_weight", "<=", weight))
        )

    def _open_products(self, domain=Domain.TRUE, limit=None):
        products = self.env["product.product"].sudo().with_context(active_test=True)
        return products.search(self._open_products_domain() & domain, order="name, default_code, id", limit=limit)

    def _quoting_page(self, wanted: Entered):
        """The form: what was entered already, then what is found."""
        found, chosen = Domain.TRUE, self._open_products(Domain("id", "in", list(wanted.texts)))
        if wanted.search:
            found = Domain.OR(Domain(name, "ilike", wanted.search) for name in ("name", "default_code"))
        others = self._open_products(found & Domain("id", "not in", chosen.ids), SHOWN + 1)
        return {
            "id": self.id,
            "name": self.name,
            "rows": self._quoting_rows(chosen + others[:SHOWN], wanted),
            "has_more": len(others) > SHOWN,
        }

    def _quoting_rows(self, products, wanted):
        company = self._quoting_company()
        products = products.with_company(company)
        pricelist = self._quoting_pricelist()
        currency = pricelist.currency_id or company.currency_id
        prices = pricelist._get_products_price(products, quantity=1, currency=currency)
        return [
            {
                "id": product.id,
                "name": product.display_name,
                "about": product.description_sale or "",
                "price": format_amount(self.env, prices[product.id], currency),
                "unit": product.uom_id.name,
                "text": wanted.texts.get(product.id, ""),
                "is_wrong": product.id in wanted.wrong,
            }
            for product in products
        ]

    def _quoting_pricelist(self):
        """The customer's; without a customer that of the opportunity's country."""
        lead = self.sudo().with_company(self._quoting_company())
        customer = lead.partner_id or lead.partner_id.new({"country_id": lead.country_id.id})
        return customer.property_product_pricelist
