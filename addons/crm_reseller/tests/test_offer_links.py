from odoo.tests import HttpCase, freeze_time, tagged

from ..models import crm_lead_offer_access
from .offer_common import NOW, OfferCase


@tagged("post_install", "-at_install")
class TestOfferLinks(OfferCase, HttpCase):
    """The page behind the link, as anybody in the world may open it."""

    def setUp(self):
        super().setUp()
        self.link = self.offer()
        self.env.flush_all()

    def get(self, path=None):
        return self.url_open(path or self.path(self.link))

    def post(self, path=None, **answer):
        return self.url_open(path or self.path(self.link), data={"csrf_token": self._csrf(), **answer})

    def _csrf(self):
        page = self.get().text
        return page.split('name="csrf_token" value="')[1].split('"')[0] if "csrf_token" in page else ""

    def accesses(self, offer=None):
        domain = [("offer_id", "=", offer.id)] if offer else []
        return self.env["crm.lead.offer.access"].search(domain)

    def test_opening_changes_nothing(self):
        """A mail scanner that opens the link, by GET or HEAD, answers nothing; each use is noted."""
        page = self.get()
        self.assertEqual(page.status_code, 200)
        self.assertIn("Accept this lead", page.text)
        self.url_open(self.path(self.link), method="HEAD")
        self.assertEqual((self.link.state, self.link.lead_id.partner_assigned_id.id), ("sent", False))
        self.assertEqual(set(self.accesses(self.link).mapped("what")), {"opened"})
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_no_contact_data(self):
        """The page tells no more than the mail."""
        text = self.get().text
        for told in ("Anna", "Example Works", "works.example", "470 12", "Ghent", self.lyon.name):
            self.assertNotIn(told, text)
        self.assertNotIn("<script", text, "nobody else learns the address")

    def test_accept(self):
        """Accepting shows the contact, once; the link is useless afterwards, and tells nothing any more."""
        page = self.post(answer="accept")
        self.assertIn("The lead is yours", page.text)
        self.assertIn("Anna Example", page.text)
        self.assertEqual(self.link.lead_id.partner_assigned_id, self.brussels)
        again = self.get()
        self.assertIn("You have accepted this lead", again.text)
        self.assertNotIn("Anna", again.text)
        self.assertNotIn("Accept this lead", again.text)
        self.assertEqual(self.accesses(self.link).sorted().mapped("what")[1], "accepted")

    def test_decline(self):
        page = self.post(answer="decline", reason_id=str(self.too_far.id), note="<b>No</b>")
        self.assertIn("You have declined this lead", page.text)
        self.assertRecordValues(self.link, [{"state": "declined", "decline_reason_id": self.too_far.id}])
        self.assertNotIn("<b>No</b>", str(self.link.lead_id.message_ids.mapped("body")))

    def test_needs_a_form(self):
        """An answer that does not come from the page is refused: no other site can give it."""
        refused = self.url_open(self.path(self.link), data={"answer": "accept"})
        self.assertEqual(refused.status_code, 400)
        self.assertEqual(self.link.state, "sent")

    def test_odd_reasons(self):
        """Whatever is posted as a reason: no traceback, and no reason but a shipped one."""
        page = self.post(answer="decline", reason_id="1 OR 1=1", note="")
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self.link.decline_reason_id)

    def test_tampered(self):
        """Another id, another partner's token, half a token or odd letters: nothing is told, each is noted."""
        other = self.offer(name="Other")
        token = self.link._token()
        before = len(self.accesses())
        paths = [
            f"/reseller/offer/{other.id}/{token}",
            f"/reseller/offer/{self.link.id}/{token[:-1]}{'0' if token[-1] != '0' else '1'}",
            f"/reseller/offer/{self.link.id}/{token[:32]}",
            f"/reseller/offer/{self.link.id}/%C3%A9",
            f"/reseller/offer/{other.id + 1000}/{token}",
            f"/reseller/offer/2147483648000/{token}",
        ]
        for path in paths:
            page = self.get(path)
            self.assertEqual(page.status_code, 404, path)
            self.assertNotIn("Accept", page.text)
        self.assertEqual(len(self.accesses()) - before, 6)
        self.assertEqual(set(self.accesses()[:6].mapped("what")), {"refused"})

    def test_new_nonce(self):
        """Whoever has to make a link useless gives the offer another nonce."""
        before = self.path(self.link)
        self.link.nonce = "another"
        self.assertEqual(self.get(before).status_code, 404)
        self.assertEqual(self.get().status_code, 200)

    def test_expired(self):
        self.link.valid_until = "2020-01-01"
        page = self.get()
        self.assertIn("The time to answer is over", page.text)
        self.assertNotIn("Accept this lead", page.text)

    def test_too_late(self):
        """Whoever has the page open while another accepts is told, and the answer is noted as too late."""
        csrf = self._csrf()
        self.link._close("lost_to_another", "")
        page = self.url_open(self.path(self.link), data={"csrf_token": csrf, "answer": "accept"})
        self.assertIn("Another partner was quicker", page.text)
        self.assertEqual(self.accesses(self.link)[0].what, "too_late")

    def test_too_often(self):
        """After so many links from one address nothing is looked up for a while, not even a right one."""
        self.patch(crm_lead_offer_access, "MOST", 3)
        for _number in range(3):
            self.get(f"/reseller/offer/{self.link.id}/wrong")
        page = self.get()
        self.assertEqual(page.status_code, 429)
        self.assertNotIn("Accept", page.text)
        self.assertEqual(len(self.accesses(self.link)), 0)

    @freeze_time(NOW)
    def test_no_address_is_kept(self):
        """Of who opened a link the network and a keyed hash are kept, and both go after half a year."""
        access = self.env["crm.lead.offer.access"]
        for address, network in (("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::7", "2001:db8:1::/48"), ("", False)):
            access._note(self.link, "opened", address)
            noted = access.search([], limit=1)
            self.assertEqual(noted.network, network)
            self.assertNotIn(address or "no address", noted.address_hash)
        with freeze_time("2027-01-01"):
            access._forget()
        self.assertFalse(self.accesses(self.link).filtered(lambda one: str(one.moment) == NOW))

    def test_in_his_language(self):
        """Page and mail are in the partner's language as far as it is there."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.brussels.lang = "fr_FR"
        self.too_far.with_context(lang="fr_FR").name = "Trop loin"
        self.assertIn("Trop loin", self.get().text)
