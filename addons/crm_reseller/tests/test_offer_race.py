from threading import Barrier, Thread

from psycopg2.errors import SerializationFailure

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install")
class TestOfferRace(BaseCase):
    """Two partners accept in the same second, each in a transaction of his own. What is made here is deleted."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            partners = env["res.partner"].create([{"name": name, "email": f"{name}@example.com"} for name in "ab"])
            lead = env["crm.lead"].create({"name": "Race of the test", "user_id": False})
            offers = env["crm.lead.offer"].create(
                [
                    {
                        "lead_id": lead.id,
                        "partner_id": partner.id,
                        "company_id": env.company.id,
                        "way": "first",
                        "state": "sent",
                        "valid_until": "2099-01-01",
                    }
                    for partner in partners
                ]
            )
            self.lead_id, self.partner_ids, self.offer_ids = lead.id, partners.ids, offers.ids
        self.addCleanup(self._delete)

    def _delete(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["crm.lead.offer"].browse(self.offer_ids).unlink()
            env["crm.lead"].browse(self.lead_id).unlink()
            env["res.partner"].browse(self.partner_ids).unlink()

    def _offer_of_its_own_transaction(self, offer_id):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        offer = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})["crm.lead.offer"].browse(offer_id)
        self.assertEqual(offer.state, "sent")  # the transaction has begun: it sees the world as it is now
        return offer

    def test_one_wins(self):
        """Both have the page open when they answer: one gets the lead, the other reads that he was too late."""
        results, barrier = {}, Barrier(2)

        def accept(offer):
            barrier.wait(timeout=20)
            try:
                results[offer.id] = offer._accept()
                offer.env.cr.commit()
            except SerializationFailure:
                offer.env.cr.rollback()

        offers = [self._offer_of_its_own_transaction(offer_id) for offer_id in self.offer_ids]
        threads = [Thread(target=accept, args=(offer,), daemon=True) for offer in offers]
        with odoo.tools.mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=10)
        for offer in offers:
            if offer.id not in results:  # as Odoo does with a request whose transaction lost
                offer.env.transaction.clear()
                results[offer.id] = offer._accept()
                offer.env.cr.commit()
        self.assertEqual(sorted(results.values()), [False, True])
        [winner] = [offer_id for offer_id, is_won in results.items() if is_won]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            offers = env["crm.lead.offer"].browse(self.offer_ids)
            states = {offer.id: offer.state for offer in offers}
            loser = next(iter(set(states) - {winner}))
            self.assertEqual((states[winner], states[loser]), ("accepted", "lost_to_another"))
            assigned = env["crm.lead"].browse(self.lead_id).partner_assigned_id
            self.assertEqual(assigned, env["crm.lead.offer"].browse(winner).partner_id)
