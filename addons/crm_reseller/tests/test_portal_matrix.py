from datetime import timedelta

from odoo import fields, http
from odoo.tests import tagged

from .portal_common import INSIDE, PortalPagesCase

STEPS = ("move", "edit", "next", "done", "won", "lost", "meeting", "quotation", "give", "reopen", "unlink")
SOON = (fields.Datetime.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


@tagged("post_install", "-at_install")
class TestPortalMatrix(PortalPagesCase):
    """Every route of the pipeline × whoever may ask for it, with numbers that he guessed and a token that is good."""

    def post(self, lead_id, step, **entries):
        data = {"csrf_token": http.Request.csrf_token(self), "as_json": "1", **entries}
        return self.url_open(f"/my/pipeline/{lead_id}/{step}", data=data, allow_redirects=False)

    def trouble(self, lead, step, **entries):
        return self.post(lead.id, step, **entries).json()["trouble"]

    def state(self):
        self.env.invalidate_all()
        names = ["stage_id", "won_status", "expected_revenue", "partner_assigned_id", "contact_name", "active"]
        messages = self.env["mail.message"].search_count([("model", "=", "crm.lead"), ("res_id", "in", self.deals.ids)])
        return self.deals.read(names), messages, self.deals.activity_ids.ids

    def test_pages(self):
        """Board, list, both files and each opportunity's page, ours and Odoo's, show what is his and no name more."""
        for name, seen in self.sees.items():
            self.as_user(name)
            for path in ("", "?view=list", "/page/2?view=list", "/export?kind=csv", f"?stage={self.first.id}"):
                text = self.url_open(f"/my/pipeline{path}").text
                for lead in self.deals:
                    self.assertEqual(lead.name in text, lead in seen, (name, path, lead.name))
            for lead in self.deals:
                answer = self.url_open(f"/my/pipeline/{lead.id}")
                self.assertEqual(
                    (answer.status_code, lead.name in answer.text), (200, True) if lead in seen else (404, False)
                )
                answer = self.url_open(f"/my/opportunity/{lead.id}")
                self.assertEqual((answer.ok, lead.name in answer.text), (lead in seen,) * 2, (name, lead.name))

    def test_pages_for_others(self):
        """Whoever works here finds no such page, whatever his role; who is not logged in is asked to."""
        paths = ["/my/pipeline", "/my/pipeline?view=list", "/my/pipeline/export", f"/my/pipeline/{self.lead_paul.id}"]
        for name, status in (*((name, 404) for name in INSIDE), ("public", 303)):
            self.as_user(name)
            for path in paths:
                answer = self.url_open(path, allow_redirects=False)
                self.assertEqual(answer.status_code, status, (name, path))
                self.assertNotIn("Deal of", answer.text)
                self.assertIn("/web/login" if status == 303 else "", answer.headers.get("Location", ""))

    def test_merged(self):
        """The number of a lead that was merged leads on to the one that remains, if that is his; to everybody else it
        is a number like any other, and the steps of it are none for anybody."""
        gone = self._make_deal("Deal of once", self.leeds)
        gone_id = gone.id
        (self.lead_paul | gone)._merge_opportunity(auto_unlink=True)
        kept = self.lead_paul if self.lead_paul.exists() else gone
        gone_id = gone_id if kept == self.lead_paul else self.lead_paul.id
        kept.write({"name": "Deal of both", "partner_assigned_id": self.paul.partner_id.id})
        self.env.flush_all()
        self.env["crm.lead.event"]._flush()
        for name in (*self.sees, *INSIDE, "public"):
            self.as_user(name)
            is_his = name in ("pia", "pam", "paul")
            answer = self.url_open(f"/my/pipeline/{gone_id}", allow_redirects=False)
            status = 303 if is_his or name == "public" else 404
            self.assertEqual((answer.status_code, "Deal of both" in answer.text), (status, False), name)
            if is_his:
                self.assertTrue(answer.headers["Location"].endswith(f"/my/pipeline/{kept.id}"), name)
                self.assertIn("was merged into Deal of both", self.url_open(f"/my/pipeline/{gone_id}").text)
            elif name != "public":
                nowhere = self.url_open("/my/pipeline/999999").text
                self.assertEqual("is not with you" in answer.text, "is not with you" in nowhere, name)
            if name in self.sees:
                self.assertIn("is not with you", self.post(gone_id, "move", stage_id=self.second.id).text, name)

    def test_team(self):
        """The team and a colleague's role: for the partner manager alone, and of his own company's people alone."""
        everybody = [self.users[name].partner_id for name in (*self.sees, *INSIDE, "public")]
        numbers = [*(contact.id for contact in everybody), self.brussels.id, self.leeds.id, 999999, 2**40]
        own = [self.users[name].partner_id.id for name in ("pia", "paul", "pam")]
        before = [contact.reseller_role for contact in everybody]
        others = (name for name in self.sees if name != "pia")
        for name, status in (*((name, 404) for name in (*others, *INSIDE)), ("public", 303)):
            self.as_user(name)
            self.assertEqual(self.url_open("/my/pipeline/team", allow_redirects=False).status_code, status, name)
            for number in numbers:
                answer = self.post("team", number, role="manager")
                self.assertEqual(answer.status_code, status, (name, number))
        self.as_user("pia")
        for number in set(numbers) - set(own):
            self.assertEqual(self.post("team", number, role="manager").status_code, 404, number)
        self.env.invalidate_all()
        self.assertEqual([contact.reseller_role for contact in everybody], before)
        self.assertEqual(self.post("team", own[1], role="manager").status_code, 303, "a colleague's goes through")
        answer = self.url_open(f"/my/pipeline/team/{own[1]}", data={"role": "user"})
        self.env.invalidate_all()
        self.assertEqual((answer.status_code, self.paul.partner_id.reseller_role), (400, "manager"), "no token")

    def test_steps(self):
        """Each step on an opportunity that is not his, or that there is not: a sentence, and nothing has changed."""
        before = self.state()
        entries = {
            "stage_id": self.second.id,
            "expected_revenue": "1",
            "contact_name": "Mine",
            "summary": "Mine",
            "day": "2030-01-01",
            "order": "S1",
            "reason_id": self.too_dear.id,
            "text": "Mine",
            "contact_id": self.rex.partner_id.id,
            "time1": SOON,
        }
        for name, seen in self.sees.items():
            self.as_user(name)
            for step in STEPS:
                for number in (*(self.deals - seen).ids, 999999, 2**40):
                    told = self.post(number, step, **entries).json()["trouble"]
                    self.assertIn("is not with you", told, (name, step, number))
        for name, status in (*((name, 404) for name in INSIDE), ("public", 303)):
            self.as_user(name)
            for step in STEPS:
                self.assertEqual(self.post(self.lead_paul.id, step, **entries).status_code, status, (name, step))
        self.assertEqual(self.state(), before)
        self.as_user("pam")
        self.assertFalse(self.trouble(self.lead_paul, "move", **entries), "the same goes through on one's own")
        self.assertNotEqual(self.state(), before)

    def test_without_a_role(self):
        """Who has no role works on all of the company's opportunities as a user does on his own, but gives none."""
        self.as_user("pam")
        told = self.trouble(self.lead_company, "give", contact_id=self.pam.partner_id.id)
        self.assertIn("Only partner managers", told)
        for step, entries in (
            ("edit", {"contact_name": "Bea"}),
            ("next", {"summary": "Call", "day": "2030-01-01"}),
            ("done", {}),
            ("meeting", {"time1": SOON}),
            ("quotation", {"text": "Ten"}),
            ("won", {"order": "S1"}),
        ):
            self.assertEqual(self.trouble(self.lead_company, step, **entries), "", step)
        self.assertEqual(self.trouble(self.lead_pia, "lost", reason_id=self.too_dear.id), "")
        self.assertEqual((self.lead_company.won_status, self.lead_pia.won_status), ("won", "lost"))
        self.assertEqual(self.lead_company.contact_name, "Bea")

    def test_guessed_values(self):
        """Numbers that are not open to him are refused in whatever he enters, and nothing has changed."""
        other_team = self.env["crm.stage"].create(
            {"name": "Of the south", "reseller_open": True, "team_ids": self.south.ids}
        )
        colleague = self.env["res.partner"].create({"name": "Without a user", "parent_id": self.brussels.id})
        before = self.state()
        refused = {
            "move": ("stage_id", "This stage", [self.ours, self.won, other_team]),
            "lost": ("reason_id", "choose a reason", [self.secret_reason]),
            "give": (
                "contact_id",
                "choose a colleague",
                [
                    *(self.leeds, self.lyon, colleague, self.company_a.partner_id),
                    *(self.users[name].partner_id for name in ("rex", "petra", "olga", "public")),
                ],
            ),
        }
        self.as_user("pia")
        for step, (entry, words, records) in refused.items():
            for number in (*(record.id for record in records), 999999, 2**40, 0, -1, "x", ""):
                told = self.trouble(self.lead_company, step, **{entry: number})
                self.assertIn(words, told, (step, number))
        others = [
            "user_id",
            "partner_id",
            "company_id",
            "team_id",
            "stage_id",
            "country_id",
            "state_id",
            "lost_reason_id",
        ]
        kept = self.lead_company.read(others)
        self.assertEqual(self.trouble(self.lead_company, "edit", **dict.fromkeys(others, 1), active=""), "")
        self.assertEqual(self.state(), before)
        self.assertEqual(self.lead_company.read(others), kept)
