from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..quoting.entered import MOST_LINES, MOST_QUANTITY

MOST_A_DAY = 50


class CrmLead(models.Model):
    """A partner makes a quotation: he says what and how many, all else is the company's."""

    _inherit = "crm.lead"

    def _partner_quote(self, wanted):
        """:param wanted: quoting.entered.Entered
        :return: (the quotation, "") or (nothing, why it is not made)
        """
        self.check_access("read")
        orders = self.env["sale.order"].sudo()
        made = self._partner_quotations().filtered(lambda order: wanted.token and order.reseller_token == wanted.token)
        if made:
            return made, ""
        products = self._open_products(Domain("id", "in", list(wanted.texts)))
        if trouble := self._why_not_quoted(wanted, products):
            return orders, trouble
        try:
            with self.env.cr.savepoint():
                return self._make_quotation(wanted, products), ""
        except UniqueViolation:
            return orders, self.env._("This quotation is made already. You find it on the opportunity's page.")
        except UserError:
            return orders, self.env._(
                "This can't be made into a quotation here. Please ask for one on the opportunity's page."
            )

    def _why_not_quoted(self, wanted, products):
        if not self._quoting_company()._lets_partners_quote():
            return self.env._("Quotations are not made here any more. Ask for one on the opportunity's page.")
        if trouble := self._why_no_quotation():
            return trouble
        if not wanted.token:
            return self.env._("Please look at your quotation once more, and make it.")
        if wanted.is_too_long:
            return self.env._("A quotation made here has at most %(most)s products.", most=MOST_LINES)
        if wanted.wrong:
            return self.env._(
                "Please enter quantities as numbers up to %(most)s, for example 12 or 2.5.", most=MOST_QUANTITY
            )
        if set(wanted.texts) - set(products.ids):
            return self.env._("A product is not offered any more, and was taken out. Please look at the rest.")
        if not wanted.quantities:
            return self.env._("Please enter how many, for at least one product.")
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        company = self.env.user.sudo().commercial_partner_id
        domain = [("reseller_id", "=", company.id), ("create_date", ">=", today)]
        if self.env["sale.order"].sudo().search_count(domain) >= MOST_A_DAY:
            return self.env._("You have made very many quotations today. Please go on tomorrow, or ask us.")
        return ""

    def _make_quotation(self, wanted, products):
        company = self._quoting_company()
        lead = self.sudo().with_company(company)
        lead = lead.with_context(mail_create_nosubscribe=True, mail_auto_subscribe_no_notify=True)
        known = lead._complete_customer()
        order = lead.env["sale.order"].create(lead._prepare_quotation_vals(wanted, products))
        order._tell_of_quotation(wanted.note, known)
        return order

    def _complete_customer(self):
        """Without a customer one is made from what the opportunity says. Contacts that are known are not looked up
        for it: the partner may write the e-mail address, and would read the prices of whom it belongs to.

        :return: contacts with the same address, for a person to decide on
        """
        known = self.env["res.partner"]
        if not self.partner_id:
            if self.email_normalized:
                same = [("email_normalized", "=", self.email_normalized)]
                known = known.search([*same, ("company_id", "in", [False, self.env.company.id])], limit=3)
            self._handle_partner_assignment(create_missing=True)
        return known

    def _prepare_quotation_vals(self, wanted, products):
        """What Odoo's own button takes from the opportunity. Prices come from the pricelist, as for any quotation."""
        defaults = self._prepare_opportunity_quotation_context()
        own = {name.removeprefix("default_"): value for name, value in defaults.items() if name.startswith("default_")}
        return {
            **own,
            "reseller_id": self.env.user.commercial_partner_id.id,
            "reseller_token": wanted.token,
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": float(wanted.quantities[product.id])})
                for product in products
            ],
        }

    @api.model
    def _quantity_digits(self):
        return self.env["decimal.precision"].precision_get("Product Unit")
