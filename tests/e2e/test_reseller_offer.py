"""A lead offered to a partner, from the channel manager's click to the deal won, at two browsers and a mailbox."""

import email
import queue
import re
import time
from email import policy

import pytest
from aiosmtpd.controller import Controller
from lxml import html
from person import Person
from playwright.sync_api import expect

from tools.base import free_port

PATIENCE = 30_000  # ms, for what a person waits for
AT_ONCE = 15_000  # ms, for what comes to an open page by itself; the figure itself is printed
SECRETS = {
    "contact_name": "Anna Example",
    "partner_name": "Paper Walrus Works",
    "email_from": "anna@paper-walrus.example.com",
    "phone": "+34 600 12 34 56",
    "street": "Secret Street 12",
    "city": "Xativa",
}
NAME = "Planning board for Paper Walrus Works"
BOARD = "/odoo/action-crm_reseller.crm_reseller_board_action"
BOARD_CARD = ".o_kanban_record:has-text('Demo Reseller House')"
TAB = ".o_notebook_headers a[name=assigned_partner]"


class Mailbox:
    """Takes what the server sends; nothing leaves the machine."""

    def __init__(self):
        self.letters = queue.Queue()

    async def handle_DATA(self, _server, _session, envelope):
        self.letters.put(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def letter_to(self, address):
        """The next letter to this address; others before it are passed over."""
        while True:
            letter = self.letters.get(timeout=PATIENCE / 1000)
            if address in letter["To"]:
                return letter


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture
def admin(chrome, server, mailbox):
    """His mail server is the mailbox; the story's own sends nothing."""
    admin = Person(chrome, server, "admin")
    servers = admin.call("ir.mail_server", "search", [])
    admin.call("ir.mail_server", "write", servers, {"smtp_port": mailbox.port, "smtp_encryption": "none"})
    return admin


def parts(letter):
    """(plain text, HTML tree) of a letter."""
    plain = letter.get_body(preferencelist=("plain",)).get_content()
    return plain, html.fromstring(letter.get_body(preferencelist=("html",)).get_content())


def sees(person, words):
    person.page.wait_for_selector(f".o_notification:has-text('{words}')", timeout=AT_ONCE)


def drags(person, lead, stage):
    """With the mouse, from where the card is to the head of another column, in small steps as a hand does."""
    page = person.page
    person.opens("/my/pipeline", f".o_crm_reseller_card[data-lead='{lead}']")
    page.wait_for_load_state("load")
    card = page.locator(f".o_crm_reseller_card[data-lead='{lead}'] .card-body")
    column = page.locator(f".o_crm_reseller_column:has(h2:has-text('{stage}'))")
    card.hover(position={"x": 20, "y": 50})
    page.mouse.down()
    box = column.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40, steps=20)
    page.mouse.up()
    expect(column.locator(f"[data-lead='{lead}']")).to_be_visible()


def test_from_the_offer_to_the_deal_won(launch, server, mailbox, admin):
    """Mark offers a lead; the partner reads of it in a mail that keeps the customer's name back, accepts by the link
    at another browser without logging in, finds it in his pipeline, drags it on, and wins it with the order. Mark sees
    each at once, in the open lead and on the board of partners, without loading a page again."""
    office, abroad = launch(), launch()
    mark, watching = Person(office, server, "manager"), Person(office, server, "manager")
    (spain,) = mark.call("res.country", "search", [["code", "=", "ES"]])
    vals = {"name": NAME, "type": "lead", "user_id": False, "country_id": spain, "expected_revenue": 7310}
    (lead,) = mark.call("crm.lead", "create", [{**vals, **SECRETS}])
    watching.opens(BOARD, BOARD_CARD)
    mark.opens(f"/odoo/crm/{lead}", TAB)
    mark.page.click(TAB)
    mark.page.click("button[name=action_offer_to_partners]")
    mark.page.wait_for_selector(".o_notification:has-text('Partners are asked for 1 of 1 leads')")

    admin.call("mail.mail", "process_email_queue")
    letter = mailbox.letter_to("office@reseller-house.example.com")
    plain, page = parts(letter)
    told = f"{letter['Subject']} {plain} {page.text_content()}"
    assert "Spain" in told and "Planning board" in told
    assert not [value for value in SECRETS.values() if value in told]
    (link,) = [one.get("href") for one in page.iter("a") if "/reseller/offer/" in one.get("href", "")]
    assert link.startswith(server) and link in re.sub(r"\s", "", plain)

    rosa = Person(abroad, server)
    rosa.page.goto(link)
    assert not [value for value in SECRETS.values() if value in rosa.page.content()]
    rosa.page.click("button[value=accept]")
    rosa.page.wait_for_selector("h1:has-text('The lead is yours')")
    assert SECRETS["email_from"] in rosa.page.content()
    sees(mark, "Demo Reseller House accepted")
    mark.page.wait_for_selector(".o-mail-Message:has-text('accepted this lead')", timeout=AT_ONCE)

    rosa.logs_in("reseller")
    drags(rosa, lead, "Qualified")
    mark.page.wait_for_selector(".o_arrow_button_current:has-text('Qualified')", timeout=AT_ONCE)

    card = watching.page.locator(BOARD_CARD)
    before = card.inner_text()
    rosa.opens(f"/my/pipeline/{lead}", "details:has(form[action$='/won']) summary")
    rosa.page.click("details:has(form[action$='/won']) summary")
    rosa.page.fill("form[action$='/won'] input[name=order]", "S00042")
    begin = time.monotonic()
    rosa.page.click("form[action$='/won'] button[type=submit]")
    sees(mark, f"Rosa Demo won: {NAME}")
    print(f"seconds from the partner's click to the channel manager's screen: {time.monotonic() - begin:.2f}")
    sees(watching, f"Rosa Demo won: {NAME}")
    mark.page.wait_for_selector(".o-mail-Message:has-text('Order: S00042')", timeout=AT_ONCE)
    expect(card).not_to_have_text(before, timeout=AT_ONCE)
    office.close()
    abroad.close()
