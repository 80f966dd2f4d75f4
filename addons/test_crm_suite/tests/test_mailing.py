from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import SuiteCase


@tagged("post_install", "-at_install")
class TestMailing(SuiteCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailer = cls._make_user(
            "suite_mailer",
            "Max Mailer",
            "mass_mailing.group_mass_mailing_user,sales_team.group_sale_salesman_all_leads",
        )
        nobody = cls.env["res.users"]
        cls.unassigned = cls.env["crm.lead"].create(
            [
                {"name": f"Unassigned {number}", "type": "lead", "user_id": nobody.id, "email_from": address}
                for number, address in enumerate(("one@list.example.com", "two@list.example.com"))
            ]
        )
        cls.assigned = cls._make_lead("Assigned", cls.otto, email_from="three@list.example.com")

    def _send(self, domain=None, **values):
        if domain is not None:
            values["mailing_domain"] = repr(domain)
        mailing = (
            self.env["mailing.mailing"]
            .with_user(self.mailer)
            .create(
                {
                    "subject": "Still interested?",
                    "body_html": "<p>Answer and we call.</p>",
                    "mailing_type": "mail",
                    "mailing_model_id": self.env["ir.model"]._get("crm.lead").id,
                    "reply_to_mode": "update",
                    "user_id": self.otto.id,
                    **values,
                }
            )
        )
        with self.mock_mail_gateway():
            mailing.sudo().action_send_mail()
        return mailing

    def test_mailing_to_unassigned_leads(self):
        """F19: a mailing whose recipients are the unassigned leads reaches each of them and nobody else."""
        mailing = self._send([("user_id", "=", False), ("email_from", "ilike", "list.example.com")])
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        self.assertEqual(set(traces.mapped("res_id")), set(self.unassigned.ids))
        self.assertEqual(set(traces.mapped("trace_status")), {"sent"})

    def test_saved_filter(self):
        """F19: a saved filter of e-mail marketing keeps the unassigned leads for the next mailing."""
        saved = (
            self.env["mailing.filter"]
            .with_user(self.mailer)
            .create(
                {
                    "name": "Unassigned leads",
                    "mailing_model_id": self.env["ir.model"]._get("crm.lead").id,
                    "mailing_domain": "[('user_id', '=', False), ('email_from', 'ilike', 'list.example.com')]",
                }
            )
        )
        mailing = self._send(mailing_filter_id=saved.id)
        self.assertEqual(mailing.mailing_domain, saved.mailing_domain)
        sent = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        self.assertEqual(set(sent.mapped("res_id")), set(self.unassigned.ids))

    def test_answers_reach_the_named_salesperson(self):
        """F35: a mailing to leads names the salesperson who follows up and is counted on the leads that come of it."""
        mailing = self._send([("id", "in", self.assigned.ids)])
        self.assertEqual(mailing.user_id, self.otto)
        self._make_lead("Came of it", self.otto, source_id=mailing.source_id.id)
        mailing.invalidate_recordset(["crm_lead_count"])
        self.assertEqual(mailing.crm_lead_count, 1)

    def test_mail_by_itself(self):
        """F35: a rule sends every new lead of a team its first e-mail by itself."""
        template = self.env["mail.template"].create(
            {
                "name": "Welcome",
                "model_id": self.env["ir.model"]._get("crm.lead").id,
                "subject": "We got your enquiry",
                "email_to": "{{ object.email_from }}",
                "body_html": "<p>Hello</p>",
            }
        )
        action = self.env["ir.actions.server"].create(
            {
                "name": "Welcome",
                "model_id": self.env["ir.model"]._get("crm.lead").id,
                "state": "mail_post",
                "mail_post_method": "email",
                "template_id": template.id,
                "usage": "base_automation",
            }
        )
        self.env["base.automation"].create(
            {
                "name": "Welcome new leads",
                "model_id": self.env["ir.model"]._get("crm.lead").id,
                "trigger": "on_create",
                "filter_domain": repr([("team_id", "=", self.small_business.id)]),
                "action_server_ids": [(6, 0, action.ids)],
            }
        )
        with self.mock_mail_gateway():
            self._make_lead("Welcome me", email_from="welcome@list.example.com")
            self._make_opportunity("Not me", self.erik, email_from="other@list.example.com")
        sent = self._new_mails.filtered(lambda mail: mail.subject == "We got your enquiry")
        self.assertEqual(sent.mapped("email_to"), ["welcome@list.example.com"])
