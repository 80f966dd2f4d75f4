from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .offer_common import OfferCase

CLOSED = (
    *("crm.lead.offer", "crm.lead.offer.access", "crm.lead.offer.decline.reason"),
    *("crm.reseller.trial", "crm.reseller.trial.line"),
)


@tagged("post_install", "-at_install")
class TestSecurity(OfferCase):
    """Who reaches offers: those who may read the lead; partners and the public by their link alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users.update(pia=cls.pia, rex=cls.rex, public=cls.env.ref("base.public_user"))

    def test_who_reads(self):
        """An offer is read by those who may read its lead; nobody but the suite writes, creates or deletes one."""
        offer = self.offer(user_id=self.users["olga"].id, team_id=self.north.id)
        self.env["crm.lead.offer.access"]._note(offer, "opened", "192.0.2.1")
        readers = {"olga", "lena", "aldo", "mona"}
        for name, user in self.users.items():
            own = offer.with_user(user)
            self.assertEqual(own.has_access("read"), name in readers, name)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(own.has_access(operation), (name, operation))
            self.assertEqual(offer.access_ids.with_user(user).has_access("read"), name == "mona", name)
            if own.browse().has_access("read"):
                self.assertEqual(own.search([("id", "=", offer.id)]), own if name in readers else own.browse(), name)

    def test_closed_to_portal_and_public(self):
        """Whatever the partner: no model of ours is open to him, not even by guessed ids."""
        self.offer()
        for name in ("pia", "rex", "petra", "public"):
            for model in CLOSED:
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(self.env[model].with_user(self.users[name]).has_access(operation), (name, model))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_public_methods(self):
        """Methods that can be called over RPC: refused to partners, public and who may not write the lead."""
        offer = self.offer(user_id=self.users["olga"].id, team_id=self.north.id)
        lead = offer.lead_id
        for name in ("pia", "rex", "petra", "public", "otto", "sara", "fred"):
            user = self.users[name]
            for attempt in (
                lambda user=user: offer.with_user(user).action_recall(),
                lambda user=user: lead.with_user(user).action_offer_to_partners(),
                lambda user=user: offer.with_user(user).read(["reasons"]),
                lambda user=user: self.env["crm.reseller.trial"].with_user(user).action_open(),
            ):
                with self.assertRaises(AccessError, msg=name):
                    attempt()
        self.assertEqual(offer.state, "sent")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_fields_of_leads_and_partners(self):
        """A partner reads neither the offers of his lead nor what we noted on partners; nobody reads a nonce."""
        offer = self.offer()
        offer._accept()
        lead = offer.lead_id
        for field in ("offer_ids", "can_be_offered", "reseller_tried_at"):
            with self.assertRaises(AccessError, msg=field):
                lead.with_user(self.pia).read([field])
        with self.assertRaises(AccessError):
            self.brussels.with_user(self.pia).read(["reseller_capacity"])
        for name in ("mona", "aldo"):
            with self.assertRaises(AccessError, msg=name):
                offer.with_user(self.users[name]).read(["nonce"])

    def test_other_company(self):
        """Offers of company A are not read in company B, whatever the lead."""
        offer = self.offer(company_id=False)
        self.assertFalse(offer.with_user(self.users["fred"]).has_access("read"))

    def test_who_may_offer(self):
        """Whoever may write the lead may offer it."""
        lead = self.new_lead(user_id=self.users["olga"].id, team_id=self.north.id)
        lead.with_user(self.users["olga"]).action_offer_to_partners()
        self.assertEqual(lead.offer_ids.state, "sent")
