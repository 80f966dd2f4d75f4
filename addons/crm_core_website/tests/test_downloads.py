from unittest.mock import patch

from odoo.tests import tagged

from .test_event_log import WebsiteEventCase


@tagged("post_install", "-at_install")
class TestDownloads(WebsiteEventCase):
    """Documents of the website that the visitors of leads download."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brochure = cls.env["ir.attachment"].create(
            {"name": "price list 2026.pdf", "raw": b"%PDF-1.4 prices", "mimetype": "application/pdf", "public": True}
        )
        cls.link = f"/web/content/{cls.brochure.id}?unique=ab12&download=true"

    def _downloads(self, lead):
        return [data for kind, data in self._ours(lead, "kind", "data") if kind == "downloaded"]

    def test_before_and_after_the_form(self):
        """He downloads, sends the form, downloads the next day: told both times, the document by its number."""
        visitor = self._visitor_comes()
        answer = self.url_open(self.link)
        self.assertEqual(answer.content, b"%PDF-1.4 prices")
        lead = self._send_form()
        document = {"document": self.brochure.id}
        self.assertEqual(self._downloads(lead), [document])
        self.env.cr.execute(
            "UPDATE website_track SET visit_datetime = visit_datetime - interval '1 day' WHERE visitor_id = %s",
            (visitor.id,),
        )
        self.env.invalidate_all()
        self.url_open(self.link)
        self.assertEqual(self._downloads(lead), [document, document])

    def test_again_at_once(self):
        """A download in several parts, or started again within half an hour, is one; as Odoo counts visits."""
        self._visitor_comes()
        lead = self._send_form()
        for part in ("bytes=0-3", "bytes=4-"):
            self.assertEqual(self.url_open(self.link, headers={"Range": part}).status_code, 206)
        self.url_open(self.link)
        self.assertEqual(len(self._downloads(lead)), 1)

    def test_what_is_none(self):
        """What a page shows, what is refused or not there, and what is no attachment: nothing is kept."""
        visitor = self._visitor_comes()
        lead = self._send_form()
        secret = self.brochure.copy({"public": False})
        for address in (
            self.link.replace("download=true", "download=0"),
            self.link.replace(str(self.brochure.id), str(secret.id)),
            "/web/content/999999999?download=true",
            "/web/content/res.company/1/logo?download=true",
            "/web/content?download=perhaps",
        ):
            self.url_open(address)
        self.opener.head(self.base_url() + self.link)
        self.assertFalse(self._downloads(lead))
        self.assertFalse(visitor.website_track_ids.filtered(lambda track: "content" in track.url))

    def test_no_token_is_kept(self):
        """The address that is kept has no query: it may hold the token that opens a document."""
        visitor = self._visitor_comes()
        secret = self.brochure.copy({"public": False})
        [token] = secret.generate_access_token()
        self.url_open(f"/web/content/{secret.id}?access_token={token}&download=true")
        [address] = [track.url for track in visitor.website_track_ids if "content" in track.url]
        self.assertTrue(address.endswith(f"/web/content/{secret.id}/{secret.name.replace(' ', '%20')}"), address)

    def test_employee_and_stranger(self):
        """What an employee downloads is no act of the customer; a visitor whom nobody knows is not made one."""
        visitors = self.env["website.visitor"].search_count([])
        self.url_open(self.link)
        self.assertEqual(self.env["website.visitor"].search_count([]), visitors)
        self.authenticate(self.users["olga"].login, self.users["olga"].login)
        self.url_open("/prices")
        lead = self._send_form()
        self.url_open(self.link)
        self.assertFalse(self._downloads(lead))

    def test_given_when_keeping_fails(self):
        """The visit can't be kept: the file is given all the same, the failure is logged."""
        self._visitor_comes()
        visitor = self.registry["website.visitor"]
        with (
            patch.object(visitor, "_add_tracking", lambda *_args: 1 / 0),
            self.assertLogs("odoo.addons.crm_core_website.models.website_visitor", "ERROR"),
        ):
            answer = self.url_open(self.link)
        self.assertEqual(answer.content, b"%PDF-1.4 prices")
