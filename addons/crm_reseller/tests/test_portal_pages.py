from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..pipeline.asked import Asked
from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalPages(PortalCase, HttpCase):
    """The pipeline and its pages × own partner user, manager, another partner, a customer, nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.pia | cls.paul | cls.rex | cls.users["petra"] | cls.users["olga"]:
            user.password = user.login

    def as_user(self, name):
        self.authenticate(self.users[name].login, self.users[name].login)

    def post(self, lead, step, files=None, **data):
        page = self.url_open(f"/my/pipeline/{self.lead_paul.id}").text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0] if 'name="csrf_token" value="' in page else ""
        return self.url_open(f"/my/pipeline/{lead.id}/{step}", data={"csrf_token": csrf, **data}, files=files)

    def test_board_and_list(self):
        """A partner user reads his own, a manager all of the company, as board, list and file; no secret in it."""
        for name, seen, hidden in (
            ("paul", ["Deal of Paul"], ["Deal of Pia", "Deal of the company", "Deal of Rex"]),
            ("pia", ["Deal of Paul", "Deal of Pia", "Deal of the company"], ["Deal of Rex"]),
        ):
            self.as_user(name)
            for path in ("/my/pipeline", "/my/pipeline?view=list", "/my/pipeline/export?kind=csv"):
                text = self.url_open(path).text
                for words in seen:
                    self.assertIn(words, text, (name, path))
                for words in [*hidden, "SECRET", "Ours of the test" if "export" not in path else "SECRET"]:
                    self.assertNotIn(words, text, (name, path))
            self.assertEqual(self.url_open("/my/pipeline/export?kind=xlsx").content[:2], b"PK")

    def test_stages_of_other_teams(self):
        """A stage of some of our teams is there where one of his opportunities can be moved to it, and is offered to
        these only."""
        self.env["crm.stage"].create({"name": "Of the south", "reseller_open": True, "team_ids": self.south.ids})
        self.as_user("paul")
        self.assertNotIn("Of the south", self.url_open("/my/pipeline").text)
        self._make_deal("Deal in the south", self.paul.partner_id, team_id=self.south.id)
        board = self.url_open("/my/pipeline").text
        self.assertEqual(board.count("Move to Of the south"), 1)
        self.assertEqual(board.count(f"Move to {self.second.name}"), 2)

    def test_search_and_filters(self):
        """Search, filters and a stage narrow what is shown; nonsense in the address is passed over."""
        self.as_user("pia")
        self.lead_pia.date_deadline = "2020-01-01"
        self.lead_paul.activity_schedule("mail.mail_activity_data_todo", user_id=self.pia.id)
        for query, seen, hidden in (
            ("search=of+Pia", "Deal of Pia", "Deal of Paul"),
            ("filterby=closing", "Deal of Pia", "Deal of Paul"),
            ("filterby=no_step", "Deal of Pia", "Deal of Paul"),
            ("filterby=won", "There is nothing", "Deal of"),
            ("filterby=x&sortby=y&more=axb.3x-1&page=z&stage=1;drop", "Deal of Pia", "SECRET"),
        ):
            text = self.url_open(f"/my/pipeline?view=list&{query}").text
            self.assertIn(seen, text, query)
            self.assertNotIn(hidden, text, query)

    def test_who_gets_in(self):
        """Another's opportunity, and one that does not exist, are answered alike, whoever asks."""
        for name, lead, status in (
            ("paul", self.lead_paul, 200),
            ("pia", self.lead_paul, 200),
            ("paul", self.lead_pia, 404),
            ("rex", self.lead_paul, 404),
            ("petra", self.lead_paul, 404),
            ("olga", self.lead_paul, 404),
        ):
            self.as_user(name)
            answer = self.url_open(f"/my/pipeline/{lead.id}")
            self.assertEqual(answer.status_code, status, (name, lead.name))
            if status == 404:
                self.assertNotIn(lead.name, answer.text)
        self.as_user("paul")
        for number in (999999, 2**40):
            self.assertIn("is not with you", self.url_open(f"/my/pipeline/{number}").text)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/my/pipeline").url)

    def test_steps_are_closed_to_others(self):
        """Each step on a lead that is not his: nothing changes; without the token nothing either."""
        before = self.lead_pia.read(["stage_id", "won_status", "expected_revenue", "partner_assigned_id"])
        entries = {
            "stage_id": self.second.id,
            "expected_revenue": "1",
            "summary": "Mine",
            "day": "2030-01-01",
            "order": "S1",
            "reason_id": self.too_dear.id,
            "text": "Mine",
            "contact_id": self.rex.partner_id.id,
        }
        for name in ("paul", "rex", "petra", "olga"):
            self.as_user(name)
            for step in ("move", "edit", "next", "done", "won", "lost", "meeting", "quotation", "give", "reopen"):
                answer = self.post(self.lead_pia, step, **entries)
                self.assertGreaterEqual(answer.status_code, 400, (name, step))
        self.env.invalidate_all()
        self.assertEqual(
            self.lead_pia.read(["stage_id", "won_status", "expected_revenue", "partner_assigned_id"]), before
        )
        self.as_user("paul")
        answer = self.url_open(f"/my/pipeline/{self.lead_paul.id}/move", data={"stage_id": self.second.id})
        self.assertEqual((answer.status_code, self.lead_paul.stage_id), (400, self.first))

    def test_move(self):
        """To an open stage; to any other a sentence, and the opportunity stays."""
        self.as_user("paul")
        for stage in (self.ours.id, self.won.id, 999999, "x"):
            self.assertIn("not open to partners", self.post(self.lead_paul, "move", stage_id=stage).text)
        self.assertFalse(self.post(self.lead_paul, "move", stage_id=self.second.id, as_json="1").json()["trouble"])
        self.assertEqual(self.lead_paul.stage_id, self.second)
        self.lead_paul.stage_id = self.ours
        self.assertIn("we move on ourselves", self.post(self.lead_paul, "move", stage_id=self.first.id).text)

    def test_figures_after_a_move(self):
        """The answer has the figures of all columns of the board as it is filtered, in the user's language and by his
        own rights; the lead that was moved counts, though the filter would leave it out by now."""
        self.env["website"].search([]).language_ids |= self.env["res.lang"]._activate_lang("fr_FR")
        self.deals.date_last_stage_update = "2020-01-01"
        self.lead_company.expected_revenue = 1234.5
        self.as_user("pia")
        self.assertIn("/fr/", self.url_open("/fr/my/pipeline").url)
        answer = self.post(
            self.lead_company, "move", stage_id=self.second.id, as_json="1", filterby="sleeping", search="Deal"
        ).json()
        figures = {column["id"]: (column["count"], column["sum"]) for column in answer["columns"]}
        self.assertEqual((answer["trouble"], answer["stage"], figures[self.first.id][0]), ("", self.second.id, 2))
        self.assertEqual(figures[self.second.id][0], 1)
        self.assertIn("1\xa0234,50", figures[self.second.id][1])
        self.assertEqual(set(figures), {self.first.id, self.second.id})
        self.as_user("paul")
        answer = self.post(self.lead_paul, "move", stage_id=self.second.id, as_json="1").json()
        self.assertEqual([column["count"] for column in answer["columns"]], [0, 1], "a colleague's do not count")
        refused = self.post(self.lead_paul, "move", stage_id=self.ours.id, as_json="1").json()
        self.assertEqual(set(refused), {"trouble"})

    def test_colour_and_days(self):
        """A column has its stage's colour; a card says how long it stands there where the stage warns of it."""
        self.first.write({"color": 4, "rotting_threshold_days": 10})
        self.lead_paul.date_last_stage_update = fields.Datetime.now() - timedelta(days=12)
        self.as_user("pia")
        text = self.url_open("/my/pipeline").text
        self.assertIn('data-color="4"', text)
        self.assertIn('data-offline="This could not be saved.', text)
        self.assertEqual(text.count("days in this stage"), 1)
        [column] = [one for one in self.deals.with_user(self.pia)._partner_board(Asked()) if one["id"] == self.first.id]
        self.assertEqual(sorted(card["days_here"] for card in column["cards"]), [0, 0, 12])

    def test_edit(self):
        """What is not on the list is not written, whatever is posted."""
        self.as_user("paul")
        self.post(
            self.lead_paul,
            "edit",
            expected_revenue="7000",
            date_deadline="2030-01-01",
            contact_name="Bea",
            partner_assigned_id=self.leeds.id,
            user_id=self.users["otto"].id,
            probability=100,
            description="x",
        )
        self.assertRecordValues(
            self.lead_paul,
            [
                {
                    "expected_revenue": 7000,
                    "contact_name": "Bea",
                    "partner_assigned_id": self.paul.partner_id.id,
                    "user_id": self.users["olga"].id,
                }
            ],
        )
        self.assertIn("SECRET", self.lead_paul.description)
        self.assertIn("as a number", self.post(self.lead_paul, "edit", expected_revenue="a lot").text)

    def test_won_with_proof(self):
        """Without a proof a sentence; with a file it is won, and the file is with the message."""
        self.as_user("paul")
        self.assertIn("order&#39;s number", self.post(self.lead_paul, "won").text)
        self.assertEqual(self.lead_paul.won_status, "pending")
        self.post(self.lead_paul, "won", files={"proof": ("order.pdf", b"%PDF order", "application/pdf")})
        self.assertEqual(self.lead_paul.won_status, "won")
        message = self.lead_paul.message_ids.filtered("attachment_ids")
        self.assertEqual((message.attachment_ids.name, message.author_id), ("order.pdf", self.paul.partner_id))
        self.assertIn("won already", self.post(self.lead_paul, "lost", reason_id=self.too_dear.id).text)

    def test_lost_with_reason(self):
        """Only with a reason that is open to partners."""
        self.as_user("paul")
        self.assertIn("choose a reason", self.post(self.lead_paul, "lost", reason_id=self.secret_reason.id).text)
        self.post(self.lead_paul, "lost", reason_id=self.too_dear.id, text="<b>Too dear</b>")
        self.assertEqual((self.lead_paul.won_status, self.lead_paul.lost_reason_id), ("lost", self.too_dear))
        self.assertIn("&lt;b&gt;", self.lead_paul.message_ids[1].body + self.lead_paul.message_ids[0].body)

    def test_next_step_and_asking(self):
        """One step of his own, planned, changed and done; asking leaves an activity with the salesperson."""
        self.as_user("paul")
        for summary in ("Call Anna", "Visit Anna"):
            self.post(self.lead_paul, "next", summary=summary, day="2030-01-02")
        own = self.lead_paul.activity_ids.filtered(lambda step: step.user_id == self.paul)
        self.assertEqual(own.mapped("summary"), ["Visit Anna"])
        self.post(self.lead_paul, "done")
        self.assertFalse(self.lead_paul.activity_ids.filtered(lambda step: step.user_id == self.paul))
        self.post(self.lead_paul, "quotation", text="Ten pumps")
        self.assertEqual(self.lead_paul.activity_ids.user_id, self.users["olga"])
        self.assertEqual(len(self.lead_paul.activity_ids), 1)

    def test_give(self):
        """Managers give to colleagues, not to other partners; users do not give at all."""
        self.as_user("paul")
        self.assertIn(
            "Only partner managers", self.post(self.lead_paul, "give", contact_id=self.pia.partner_id.id).text
        )
        self.as_user("pia")
        self.post(self.lead_company, "give", contact_id=self.rex.partner_id.id)
        self.assertEqual(self.lead_company.partner_assigned_id, self.brussels)
        self.post(self.lead_company, "give", contact_id=self.paul.partner_id.id)
        self.assertEqual(self.lead_company.partner_assigned_id, self.paul.partner_id)
        self.assertIn("Pia gave this opportunity to Paul", "".join(self.lead_company.message_ids.mapped("body")))
        told = self.env["mail.message"].search([("body", "like", "Pia gave you the opportunity Deal of the company")])
        self.assertEqual(told.notified_partner_ids, self.paul.partner_id)

    def test_queries(self):
        """As many queries with a hundred opportunities as with one, on board and list."""

        def count(view):
            leads = self.env["crm.lead"].with_user(self.rex)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._partner_list(Asked()) if view == "list" else leads._partner_board(Asked())
            return self.env.cr.sql_log_count - before

        few = {view: (count(view), count(view))[1] for view in ("list", "board")}
        for number in range(100):
            self._make_deal(f"Deal {number}", self.leeds)
        for view, queries in few.items():
            self.assertLessEqual(count(view), queries, view)

    def test_off(self):
        """While it is off there is no pipeline, and Odoo's page is there; on, it leads to the pipeline."""
        self.as_user("pia")
        self.assertTrue(self.url_open("/my/opportunities").url.endswith("/my/pipeline"))
        self.company_a.reseller_portal = False
        self.env.flush_all()
        self.assertEqual(self.url_open("/my/pipeline").status_code, 404)
        self.assertIn("/my/opportunities", self.url_open("/my/opportunities").url)
