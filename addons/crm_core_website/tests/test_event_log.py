import json
from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.crm_core.tests.event_common import EventCase

from ..hooks import uninstall_hook
from ..models.crm_lead_event import KINDS
from ..models.website_track import MOST_BEFORE

NOON = datetime(2026, 3, 2, 12)


class WebsiteEventCase(HttpCase, EventCase):
    """A visitor of the website, and pages that he looks at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_registry_readonly_mode(False)  # visits are told where a page may write
        cls.page = cls._make_page("prices")
        cls.website = cls.env["website"].search([], limit=1)

    @classmethod
    def _make_page(cls, name):
        view = cls.env["ir.ui.view"].create(
            {
                "name": name,
                "type": "qweb",
                "key": f"crm_core_website.{name}",
                "track": True,
                "arch": f'<t t-name="crm_core_website.{name}"><t t-call="website.layout">{name}</t></t>',
            }
        )
        return cls.env["website.page"].create({"view_id": view.id, "url": f"/{name}", "website_published": True})

    @classmethod
    def _make_visitor(cls, **values):
        return cls.env["website.visitor"].create({"access_token": f"{0:032x}", **values})

    def _visitor_comes(self):
        """Somebody whom nobody knows looks at the page; he counts as one who has been here before."""
        self.url_open(self.page.url)
        visitor = self.env["website.visitor"].search([], order="id desc", limit=1)
        self.env.cr.execute("UPDATE website_visitor SET create_date = %s WHERE id = %s", (NOON, visitor.id))
        return visitor

    def _track(self, visitor, moment, page=None):
        """A visit of which nobody was told."""
        self.env.cr.execute(
            "INSERT INTO website_track (visitor_id, page_id, url, visit_datetime) VALUES (%s, %s, %s, %s) RETURNING id",
            (visitor.id, (page or self.page).id, "https://www.example.com/prices", moment),
        )
        return self.env["website.track"].browse(self.env.cr.fetchone())

    def _send_form(self):
        values = {"name": "Form", "contact_name": "Anna", "email_from": "anna@customer.example.com"}
        if getattr(self, "session", None) and self.session.uid:
            values["csrf_token"] = Request.csrf_token(self)
        answer = self.url_open("/website/form/crm.lead", data=values)
        return self.env["crm.lead"].browse(json.loads(answer.text)["id"])

    def _ours(self, lead, *columns):
        self.Event._flush()
        events = self.Event.search([("lead_id", "=", lead.id), ("kind", "in", list(KINDS))])
        return [tuple(event[column] for column in columns or ("kind",)) for event in events]


@tagged("post_install", "-at_install")
class TestWebsiteEvents(WebsiteEventCase):
    """What visitors of leads do on the website, told from real requests."""

    def test_form_after_visits(self):
        """He looks at a page twice and sends the form: both visits and the form; later visits follow."""
        visitor = self._visitor_comes()
        self.url_open("/prices")
        lead = self._send_form()
        self.assertEqual(lead.visitor_ids, visitor)
        told = self._ours(lead, "kind", "direction", "model", "res_id", "data", "actor_id", "inferred")
        tracks = visitor.website_track_ids.sorted("id")
        page = {"page": self.page.id}
        visits = [("page_visited", "in", "website.track", track.id, page, 0, False) for track in tracks]
        self.assertEqual(len(visits), 2)
        self.assertCountEqual(told, [*visits, ("form_sent", "in", "crm.lead", lead.id, False, 0, False)])
        self.url_open("/prices")
        later = visitor.website_track_ids - tracks
        self.assertIn(("page_visited", later.id), self._ours(lead, "kind", "res_id"))
        self.assertEqual(len(self._ours(lead)), 4)

    def test_moments(self):
        """Visits are told at the moment of the visit, the newest fifty before the lead, in their order."""
        visitor = self._visitor_comes()
        visitor.website_track_ids.unlink()
        moments = [NOON + timedelta(minutes=number) for number in range(MOST_BEFORE + 3)]
        for moment in moments:
            self._track(visitor, moment)
        lead = self._send_form()
        told = self._ours(lead, "kind", "moment")
        self.assertEqual([moment for kind, moment in told if kind == "page_visited"], moments[3:])
        self.assertEqual(dict(told)["form_sent"], lead.create_date.replace(microsecond=0))

    def test_open_leads_only(self):
        """A later visit is told of each open lead of the visitor, of none that is won, lost or archived."""
        won, lost, archived, other = (
            self.env["crm.lead"].create({"name": name, "type": "opportunity"})
            for name in ("won", "lost", "archived", "other")
        )
        won.action_set_won()
        lost.action_set_lost()
        archived.active = False
        visitor = self._make_visitor(lead_ids=[Command.set((self.lead + won + lost + archived + other).ids)])
        track = self.env["website.track"].create({"visitor_id": visitor.id, "visit_datetime": NOON})
        for lead in (self.lead, other):
            self.assertEqual(self._ours(lead, "kind", "moment", "res_id"), [("page_visited", NOON, track.id)])
        for lead in (won, lost, archived):
            self.assertFalse(self._ours(lead), lead.name)

    def test_employee(self):
        """What an employee looks at or sends on the website is no act of the customer."""
        self.authenticate(self.users["olga"].login, self.users["olga"].login)
        self.url_open("/prices")
        lead = self._send_form()
        self.assertEqual(lead.visitor_ids.partner_id, self.users["olga"].partner_id)
        self.url_open("/prices")
        self.assertFalse(self._ours(lead))

    def test_known_customer(self):
        """Of a visitor who has logged in it is told who he is."""
        petra = self.users["petra"]
        self.authenticate(petra.login, petra.login)
        self.url_open("/prices")
        lead = self._send_form()
        told = self._ours(lead, "kind", "actor_id")
        self.assertCountEqual(told, [("page_visited", petra.partner_id.id), ("form_sent", petra.partner_id.id)])

    def test_merged_visitors(self):
        """When visitors are merged nothing is told twice; later visits are told of the leads of both, once."""
        anonymous = self._make_visitor(lead_ids=[Command.set(self.lead.ids)])
        known = self._make_visitor(access_token=str(self.users["petra"].partner_id.id))
        other = self.env["crm.lead"].create({"name": "other", "visitor_ids": [Command.set((anonymous + known).ids)]})
        for visitor in (anonymous, known):
            self.env["website.track"].create({"visitor_id": visitor.id})
        self.assertEqual((len(self._ours(self.lead)), len(self._ours(other))), (1, 2))
        anonymous._merge_visitor(known)
        self.assertEqual((len(self._ours(self.lead)), len(self._ours(other))), (1, 2))
        self.env["website.track"].create({"visitor_id": known.id})
        self.assertEqual((len(self._ours(self.lead)), len(self._ours(other))), (2, 3))

    def test_past(self):
        """Told afterwards as it was told live; the form is inferred. Telling it again tells nothing twice."""
        self._visitor_comes()
        lead = self._send_form()
        self.url_open("/prices")
        live = [row for row in self.rows(lead) if row[1] in KINDS]
        self.assertEqual(len(live), 3)
        self.forget_log(lead)
        for _again in range(2):
            self.tell_past()
            self.assertEqual([row for row in self.rows(lead) if row[1] in KINDS], live)
        self.assertEqual(set(self._ours(lead, "kind", "inferred")), {("page_visited", False), ("form_sent", True)})

    def test_past_of_closed_leads(self):
        """A lead that was won or lost has the visits until then, not those since."""
        leads = self.lead + self.env["crm.lead"].create({"name": "lost", "type": "opportunity"})
        visitor = self._make_visitor(lead_ids=[Command.set(leads.ids)])
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = ANY(%s)", (NOON, leads.ids))
        leads.invalidate_recordset()
        self.lead.action_set_won()
        leads[1].action_set_lost()
        self.env.flush_all()
        closing = NOON + timedelta(days=5)
        self.env.cr.execute("UPDATE crm_lead SET date_closed = %s WHERE id = ANY(%s)", (closing, leads.ids))
        moments = [NOON - timedelta(days=1), NOON + timedelta(days=1), closing + timedelta(days=1)]
        for moment in moments:
            self._track(visitor, moment)
        self.forget_log(leads)
        self.tell_past()
        for lead in leads:
            visits = [moment for kind, moment in self._ours(lead, "kind", "moment") if kind == "page_visited"]
            self.assertEqual(visits, moments[:2], lead.name)

    def test_past_of_leads_by_other_ways(self):
        """Leads that a person made, or that came by mail, were no form, even with a visitor."""
        visitor = self._make_visitor()
        by_hand = self.lead
        by_mail, by_form = (self.env["crm.lead"].with_user(1).create({"name": name}) for name in ("by mail", "by form"))
        by_mail.message_post(body="Hello", message_type="email")
        leads = by_hand + by_mail + by_form
        visitor.lead_ids = leads
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_uid = %s WHERE id = %s", (self.users["olga"].id, by_hand.id))
        self.forget_log(leads)
        self.tell_past()
        self.assertEqual([self._ours(lead) for lead in leads], [[], [], [("form_sent",)]])

    def test_kinds(self):
        """Both are touches; the form is a contact of the customer, a visit is none."""
        self.assertLessEqual(set(KINDS), set(self.Event._touch_kinds()))
        self.assertIn("form_sent", self.Event._contact_kinds("in"))
        for direction in ("in", "out"):
            self.assertNotIn("page_visited", self.Event._contact_kinds(direction))

    def test_uninstalled(self):
        """With the addon its kinds go; what other kinds tell stays."""
        self.url_open("/prices")
        lead = self._send_form()
        self.assertTrue(self._ours(lead))
        uninstall_hook(self.env)
        self.assertFalse(self._ours(lead))
        self.assertIn("created", [kind for kind, _data in self.told(lead)])
