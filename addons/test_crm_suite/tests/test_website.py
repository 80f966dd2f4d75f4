import json

from odoo.tests import tagged

from .common import SuiteCase


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestContactForm(SuiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor = cls._make_user(
            "suite_editor",
            "Edith Editor",
            "sales_team.group_sale_manager,website.group_website_designer",
        )
        cls.website = cls.env["website"].search([], limit=1)

    def test_form_with_team_and_salesperson(self):
        """F12: the ready page is set to a team and a salesperson; a visitor's enquiry becomes their opportunity."""
        self.start_tour(
            self.website.get_client_action_url("/contactus"),
            "crm_suite_form_setup",
            login=self.editor.login,
            timeout=120,
        )
        self.start_tour("/contactus", "crm_suite_form_visitor")
        lead = self.env["crm.lead"].search([("email_from", "=", "vera@visitor.example.com")])
        self.assertRecordValues(
            lead,
            [
                {
                    "name": "Prices for forty seats",
                    "contact_name": "Vera Visitor",
                    "partner_name": "Visitor Ltd",
                    "team_id": self.enterprise.id,
                    "user_id": self.erik.id,
                    "type": "opportunity",
                    "medium_id": self.env["utm.medium"]._fetch_or_create_utm_medium("website").id,
                }
            ],
        )
        self.assertIn("Please call me next week.", lead.description)


@tagged("post_install", "-at_install")
class TestFormDefaults(SuiteCase):
    def _send(self, **values):
        response = self.url_open(
            "/website/form/crm.lead",
            data={
                "name": "Own form",
                "email_from": "form@visitor.example.com",
                "contact_name": "Fred Form",
                **values,
            },
        )
        return self.env["crm.lead"].browse(json.loads(response.text)["id"])

    def test_websites_own_team_and_salesperson(self):
        """F12: an own form that names nobody gives its leads to the team and salesperson set for the website."""
        self.env["website"].search([], limit=1).write(
            {
                "crm_default_team_id": self.small_business.id,
                "crm_default_user_id": self.otto.id,
            }
        )
        self.assertRecordValues(
            self._send(),
            [
                {
                    "type": "lead",
                    "team_id": self.small_business.id,
                    "user_id": self.otto.id,
                }
            ],
        )

    def test_form_that_names_them(self):
        """F12: a form's own team and salesperson win over the website's."""
        self.env["website"].search([], limit=1).crm_default_team_id = self.small_business
        lead = self._send(team_id=self.enterprise.id, user_id=self.erik.id)
        self.assertRecordValues(
            lead,
            [
                {
                    "type": "opportunity",
                    "team_id": self.enterprise.id,
                    "user_id": self.erik.id,
                }
            ],
        )


@tagged("post_install", "-at_install", "crm_suite_browser")
class TestSurvey(SuiteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lena.group_ids += cls.env.ref("survey.group_survey_user")
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "How can we help?",
                "access_mode": "public",
                "users_login_required": False,
                "questions_layout": "one_page",
                "survey_type": "survey",
                "team_id": cls.small_business.id,
                "user_id": cls.lena.id,
                "question_and_page_ids": [
                    (
                        0,
                        0,
                        {
                            "title": "When do you buy?",
                            "question_type": "simple_choice",
                            "sequence": 1,
                            "suggested_answer_ids": [
                                (0, 0, {"value": "This quarter", "generate_lead": True}),
                                (0, 0, {"value": "Just looking"}),
                            ],
                        },
                    ),
                    (
                        0,
                        0,
                        {
                            "title": "Your e-mail",
                            "question_type": "char_box",
                            "sequence": 2,
                            "validation_email": True,
                        },
                    ),
                    (
                        0,
                        0,
                        {
                            "title": "Your name",
                            "question_type": "char_box",
                            "sequence": 3,
                            "save_as_nickname": True,
                        },
                    ),
                ],
            }
        )

    def test_answer_creates_a_lead(self):
        """F36: a visitor whose answer shows interest becomes an opportunity of the survey's team, answers included."""
        self.start_tour(f"/survey/start/{self.survey.access_token}", "crm_suite_survey_visitor")
        lead = self.survey.lead_ids
        self.assertRecordValues(
            lead,
            [
                {
                    "email_from": "sven@survey.example.com",
                    "contact_name": "Sven Survey",
                    "team_id": self.small_business.id,
                    "user_id": self.lena.id,
                }
            ],
        )
        self.assertIn("This quarter", lead.description)

    def test_other_answer_creates_none(self):
        """F36: who is just looking becomes no lead."""
        choice = self.survey.question_ids.suggested_answer_ids.filtered(lambda answer: answer.value == "Just looking")
        answer = self.survey._create_answer(email="looking@survey.example.com")
        answer._save_lines(choice.question_id, choice.id)
        answer._mark_done()
        self.assertFalse(self.survey.lead_ids)
