import json

from odoo.tests import new_test_user, tagged

from ..models.crm_lead_step_showing import CHANNEL
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestLive(PortalCase):
    """Who has the CRM open hears of a partner's steps when they are saved, and nobody else does.

    Olga has the deal of Paul, Mona is channel manager; Cara is one of another company.
    """

    def setUp(self):
        super().setUp()
        self.company_a.reseller_offers = True
        self.users["cara"] = new_test_user(
            self.env, login="cara", groups="crm_reseller.group_channel_manager", company_id=self.company_b.id
        )
        self.deal = self.lead_paul.with_user(self.paul)
        self._told()

    def _told(self):
        """{person: payloads} since the last time."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([("id", ">", getattr(self, "last", 0)), ("message", "like", CHANNEL)])
        self.last = self.env["bus.bus"].search([], order="id desc", limit=1).id
        names, told = {user.partner_id.id: name for name, user in self.users.items()}, {}
        for row in rows:
            if name := names.get(json.loads(row.channel)[2]):
                told.setdefault(name, []).append(json.loads(row.message)["payload"])
        return told

    def test_won(self):
        """Won is told in words to the salesperson and the channel managers of the company; what is refused is not."""
        self.assertTrue(self.deal._partner_do("won", {}))
        self.assertFalse(self._told())
        self.assertFalse(self.deal._partner_do("won", {"order": "S1"}))
        told = self._told()
        self.assertEqual(set(told), {"olga", "mona"})
        payload = {"lead_id": self.deal.id, "step": "won", "words": "Paul won: Deal of Paul"}
        self.assertEqual(told["mona"], [payload])

    def test_moved(self):
        """Into another stage: pages are read again, nothing pops up."""
        self.assertFalse(self.deal._partner_do("move", {"stage_id": str(self.second.id)}))
        self.assertEqual(self._told()["mona"], [{"lead_id": self.deal.id, "step": "move", "words": ""}])

    def test_answers(self):
        """An offer accepted or declined is told once; an answer that does not count is not."""
        lead = self._make_lead("Offices", company_id=self.company_a.id)
        first, second = self.env["crm.lead.offer"].create(
            [
                {
                    "lead_id": lead.id,
                    "partner_id": partner.id,
                    "company_id": self.company_a.id,
                    "way": "first",
                    "state": "sent",
                }
                for partner in self.leeds | self.lyon
            ]
        )
        self.assertTrue(first._decline())
        self.assertEqual([one["words"] for one in self._told()["mona"]], ["Leeds declined: Offices"])
        self.assertTrue(second._accept())
        self.assertEqual([one["words"] for one in self._told()["mona"]], ["Lyon accepted: Offices"])
        self.assertFalse(second._accept())
        self.assertFalse(self._told())
