import base64
import csv
import email
import email.policy
import sys
from io import BytesIO, StringIO
from unittest.mock import patch

import openpyxl
from lxml import html
from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import tagged

from .view_mail_common import ViewMailCase


@tagged("post_install", "-at_install")
class TestViewMailLetter(ViewMailCase):
    """The mail itself: table, picture, files, links."""

    def letter(self, mail, name="mona", before=None):
        return mail._letter(mail._env_of(self.users[name]), mail.recipient_ids[:1], before)[0]

    def test_table(self):
        """The table has a row for each team, numbers on the right, a total, and the links."""
        letter = self.letter(self.view_mail())
        page = html.fromstring(letter.body)
        rows = [[cell.text_content().split() for cell in row] for row in page.xpath("//tbody/tr")]
        self.assertIn(["North"], [row[0] for row in rows[:-1]])
        self.assertEqual(rows[-1][0], ["Total"])
        self.assertIn("text-align: right", page.xpath("//tbody/tr[1]/td[2]/@style")[0])
        links = page.xpath("//a/@href")
        self.assertTrue(any("/mailed-view/" in link for link in links))
        self.assertTrue(any(link.endswith("/mailed-view") for link in links))

    def test_list_total(self):
        """The last line of a list adds up what can be added up, and says so."""
        mail = self.view_mail(view_type="list", row_groups=False, columns="name,expected_revenue")
        last = html.fromstring(self.letter(mail).body).xpath("//tbody/tr[last()]/td")
        self.assertEqual(last[0].text_content().strip(), "Total")
        self.assertIn("4,123.00", last[1].text_content())

    def test_escaped(self):
        """What stands in a record is text, never a part of the page."""
        self.leads["north_olga"].name = "<script>alert(1)</script>"
        mail = self.view_mail(view_type="list", row_groups=False, columns="name", name="<b>Name</b>")
        body = self.letter(mail).body
        self.assertNotIn("<script>", body)
        self.assertNotIn("<b>Name", body)
        self.assertIn("&lt;script&gt;", body)

    def test_many_rows(self):
        """Fifty rows at most stand in the mail, and it says how many more there are."""
        self.env["crm.lead"].create([{"name": f"many {n}"} for n in range(60)])
        mail = self.view_mail(view_type="list", row_groups=False, columns="name", domain="[('name', 'like', 'many ')]",
                              file_format="xlsx")  # fmt: skip
        letter = self.letter(mail)
        self.assertEqual(len(html.fromstring(letter.body).xpath("//tbody/tr")), 50)
        self.assertIn("10 more rows in the attached file", letter.body)
        sheet = openpyxl.load_workbook(BytesIO(letter.files[0][1])).active
        self.assertEqual(sheet.max_row, 61)

    def test_xlsx(self):
        """The Excel file read back holds the figures, and no formula."""
        self.north.name = "=1+1"
        letter = self.letter(self.view_mail(file_format="xlsx"))
        [(name, content, _kind)] = letter.files
        self.assertEqual(name, "Leads by team.xlsx")
        rows = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows())
        self.assertEqual([cell.value for cell in rows[0]], ["Sales Team", "Count", "Expected Revenue"])
        found = {row[0].value: (row[1].value, row[2].value) for row in rows[1:]}
        self.assertEqual(found["=1+1"], (3, 123))
        self.assertEqual(found["South"], (2, 4000))
        self.assertFalse(any(cell.data_type == "f" for row in rows for cell in row))

    def test_csv(self):
        """The CSV file read back."""
        self.north.name = "@evil"
        [(_name, content, _kind)] = self.letter(self.view_mail(file_format="csv")).files
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
        self.assertIn(["'@evil", "3", "123.0"], rows)

    def test_chart(self):
        """The picture is a PNG that the text shows by its id; the mail that leaves has it inside."""
        mail = self.view_mail(chart="bar")
        letter = self.letter(mail)
        [(name, content, kind)] = letter.files
        self.assertEqual((name, kind), ("view-chart.png", "image/png"))
        self.assertEqual(Image.open(BytesIO(content)).format, "PNG")
        message = self.env["ir.mail_server"]._build_email__(
            email_from="a@example.com", email_to=["b@example.com"], subject="x", body=letter.body, subtype="html",
            attachments=[(name, content, kind)],
        )  # fmt: skip
        read = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
        [part] = [part for part in read.walk() if part.get_content_type() == "image/png"]
        self.assertEqual(part["Content-ID"], "<view-chart.png>")
        self.assertEqual(part.get_content_disposition(), "inline")
        self.assertEqual(part.get_content(), content)

    def test_kept(self):
        """What was sent is kept: its owner sees the mail in Odoo, with the picture, also as the web client reads it."""
        mail = self.view_mail(chart="bar")
        mail.with_user(self.users["mona"]).action_send_to_me()
        row = self.sendings(mail).with_user(self.users["mona"]).with_context(bin_size=True)
        data = html.fromstring(row.body).xpath("//img/@src")[0]
        picture = base64.b64decode(data.removeprefix("data:image/png;base64,"))
        self.assertEqual(Image.open(BytesIO(picture)).format, "PNG")

    def test_other_mails_as_ever(self):
        """A mail with a file of that name that shows no chart is left as it is."""
        message = self.env["ir.mail_server"]._build_email__(
            email_from="a@example.com", email_to=["b@example.com"], subject="x", body="<p>x</p>", subtype="html",
            attachments=[("view-chart.png", b"x", "image/png")],
        )  # fmt: skip
        [part] = list(message.iter_attachments())
        self.assertFalse(part["Content-ID"])

    def test_chart_missing(self):
        """Without matplotlib the mail has its table and one sentence."""
        with patch.dict(sys.modules, {"matplotlib.figure": None}):
            letter = self.letter(self.view_mail(chart="bar"))
        self.assertFalse(letter.files)
        self.assertIn("matplotlib is not installed", letter.body)
        self.assertIn("<table", letter.body)

    def test_numbers_of_the_language(self):
        """Numbers and money as the recipient's language writes them."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.users["mona"].lang = "fr_FR"
        self.assertRegex(self.letter(self.view_mail()).body, "4\u202f?\xa0?\\s?123,00")

    def test_preview_own_rights(self):
        """A preview shows what who looks may see, whoever the recipients are; nobody sees another one's."""
        mail = self.view_mail(owner="lena", to=("mona",))
        seen = self.env["crm.lead"].with_user(self.users["lena"]).search_count(self.ours)
        preview = html.fromstring(mail.with_user(self.users["lena"]).preview)
        self.assertEqual(preview.xpath("//tbody/tr[last()]/td[2]")[0].text_content().strip(), str(seen))

    def test_send_now_to_me(self):
        """At once, to who asks; no schedule is touched, and nobody else gets it."""
        mail = self.view_mail(owner="lena", to=("mona",))
        mail.with_user(self.users["lena"]).action_send_to_me()
        row = self.sendings(mail)
        self.assertEqual(
            (row.user_id, row.state, row.mail_id.recipient_ids.name), (self.users["lena"], "queued", "Lena")
        )
        self.assertFalse(row.recipient_id)
        mail.domain = "[('id', '=', 0)]"
        with self.assertRaisesRegex(UserError, "Nothing to show"):
            mail.with_user(self.users["lena"]).action_send_to_me()
