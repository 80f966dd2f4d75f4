from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalCase

RULES = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.orm.models", "odoo.models")


@tagged("post_install", "-at_install")
class TestPortalRights(PortalCase):
    """Who reaches which lead, and what of it, by whatever method of the ORM."""

    def test_who_sees(self):
        """A manager and who has no role see all of the company, a user his own, others theirs, strangers nothing."""
        company = self.lead_company | self.lead_paul | self.lead_pia
        for name, expected in (
            ("pia", company),
            ("pam", company),
            ("paul", self.lead_paul),
            ("rex", self.lead_rex),
            ("petra", self.env["crm.lead"]),
            ("mona", self.deals),
        ):
            self.assertEqual(self.deals_of(name), expected, name)
            for lead in self.deals:
                self.assertEqual(lead.with_user(self.users[name]).has_access("read"), lead in expected, (name, lead))

    def test_off_is_stock(self):
        """While it is off the role counts for nothing, and all fields are as in Odoo."""
        self.company_a.reseller_portal = False
        self.assertEqual(self.deals_of("paul"), self.lead_company | self.lead_paul | self.lead_pia)
        self.assertEqual(self.lead_pia.with_user(self.paul).read(["probability"])[0]["id"], self.lead_pia.id)

    def test_role_and_company_change_at_once(self):
        """A changed role counts at once, as does a contact that moved to another company."""
        self.assertEqual(self.deals_of("paul"), self.lead_paul)
        self.paul.partner_id.reseller_role = "manager"
        self.assertEqual(self.deals_of("paul"), self.lead_company | self.lead_paul | self.lead_pia)
        self.paul.partner_id.parent_id = self.leeds
        self.assertFalse(self.deals_of("paul") & (self.lead_company | self.lead_pia))

    @mute_logger(*RULES)
    def test_every_read_method(self):
        """search_read, groups, export, counts and names of a colleague's and of another partner's lead: nothing."""
        for name, closed in (
            ("paul", self.lead_pia | self.lead_company),
            ("rex", self.lead_paul),
            ("petra", self.deals),
        ):
            leads = self.env["crm.lead"].with_user(self.users[name])
            domain = [("id", "in", closed.ids)]
            self.assertFalse(leads.search_read(domain, ["name"]), name)
            self.assertFalse(leads.search_count(domain), name)
            self.assertFalse(leads.name_search("Deal of", domain), name)
            self.assertFalse(leads.formatted_read_group(domain, ["stage_id"], ["expected_revenue:sum"]), name)
            self.assertFalse(leads._read_group(domain, ["stage_id"], ["__count"]), name)
            self.assertFalse(leads.web_search_read(domain, {"name": {}})["records"], name)
            for lead in closed:
                own = lead.with_user(self.users[name])
                for attempt in (
                    lambda own=own: own.read(["name"]),
                    lambda own=own: own.web_read({"name": {}}),
                    lambda own=own: own.message_post(body="Hello"),
                    lambda own=own: own.copy(),
                    lambda own=own: own.write({"name": "Mine"}),
                    lambda own=own: own.unlink(),
                    lambda own=own: own.update_stage_from_portal(self.second.id),
                    lambda own=own: own.partner_interested(),
                    lambda own=own: own.partner_desinterested(),
                    lambda own=own: own.update_contact_details_from_portal({"city": "Ghent"}),
                ):
                    own.invalidate_recordset()
                    with self.assertRaises(AccessError, msg=name):
                        attempt()

    def test_export(self):
        """Odoo's own export is closed to partners altogether."""
        for name in ("pia", "paul", "rex", "petra"):
            with self.assertRaises(UserError, msg=name):
                self.lead_paul.with_user(self.users[name]).export_data(["name"])

    @mute_logger(*RULES)
    def test_fields(self):
        """Of his own lead a partner reads the allow-list; the rest neither by reading nor by asking about it."""
        own, leads = self.lead_paul.with_user(self.paul), self.env["crm.lead"].with_user(self.paul)
        self.assertEqual(own.read(["name", "expected_revenue", "email_from"])[0]["name"], "Deal of Paul")
        ways = {
            "read": lambda field: own.read([field]),
            "search": lambda field: leads.search([(field, "!=", False)]),
            "order": lambda field: leads.search([], order=field),
            "group": lambda field: leads._read_group([], [field], ["__count"]),
            "mapped": lambda field: own.mapped(field),
        }
        for field in ("description", "probability", "tag_ids", "partner_declined_ids", "activity_ids", "email_cc"):
            for way, attempt in ways.items():
                if way == "order" and not leads._fields[field].column_type:
                    continue
                self.env.invalidate_all()
                with self.assertRaises(AccessError, msg=(field, way)):
                    attempt(field)
            self.assertNotIn(field, leads.fields_get())

    @mute_logger(*RULES)
    def test_other_models(self):
        """Messages, attachments, the event log and activities of others' leads, and internal notes of one's own."""
        note = self.lead_paul.message_post(body="INTERNAL", subtype_xmlid="mail.mt_note")
        comment = self.lead_paul.message_post(body="Shared", subtype_xmlid="mail.mt_comment")
        tracked = self.lead_paul._message_log(body="TRACKED")
        others = self.lead_pia.message_post(body="Of Pia", subtype_xmlid="mail.mt_comment")
        attachment = self.env["ir.attachment"].create(
            {"name": "offer.txt", "raw": b"x", "res_model": "crm.lead", "res_id": self.lead_pia.id}
        )
        messages = self.env["mail.message"].with_user(self.paul)
        found = messages.search([("id", "in", (note | comment | others).ids)])
        self.assertEqual(found, comment.with_user(self.paul))
        for message in (others, note, tracked):
            with self.assertRaises(AccessError):
                message.with_user(self.paul).read(["body"])
        with self.assertRaises(AccessError):
            attachment.with_user(self.paul).read(["name"])
        for model in ("crm.lead.event", "mail.activity", "crm.lead.offer", "crm.lost.reason", "mail.tracking.value"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.paul).search([])

    def test_messages_by_role(self):
        """Whoever sees the lead may write to it, also where it is assigned to his company."""
        for user in (self.pia, self.pam):
            message = self.lead_company.with_user(user).message_post(body="Hello", subtype_xmlid="mail.mt_comment")
            self.assertEqual(message.sudo().author_id, user.partner_id)

    @mute_logger(*RULES)
    def test_stock_methods(self):
        """Odoo's own methods obey: no stage that is not open, no probability, nothing but a stage."""
        own = self.lead_paul.with_user(self.paul)
        for stage in (self.ours, self.won, self.env["crm.stage"].browse(999999)):
            with self.assertRaises(UserError):
                own.update_stage_from_portal(stage.id)
        own.update_stage_from_portal(self.second.id)
        self.assertEqual(self.lead_paul.stage_id, self.second)
        before = self.lead_paul.probability
        own.update_lead_portal(
            {
                "expected_revenue": 7,
                "probability": 100,
                "priority": "1",
                "date_deadline": False,
                "activity_date_deadline": False,
            }
        )
        self.assertEqual((self.lead_paul.expected_revenue, self.lead_paul.probability), (7, before))

    def test_following_ends(self):
        """Who sees his own only follows no lead that a colleague has got."""
        self.lead_paul.message_subscribe((self.paul | self.pia).partner_id.ids)
        self.lead_paul.partner_assigned_id = self.pia.partner_id
        self.assertNotIn(self.paul.partner_id, self.lead_paul.message_partner_ids)
        self.assertIn(self.pia.partner_id, self.lead_paul.message_partner_ids)
        self.lead_company.message_subscribe(self.pam.partner_id.ids)
        self.pam.partner_id.reseller_role = "user"
        self.assertNotIn(self.pam.partner_id, self.lead_company.message_partner_ids)

    def test_first_time_on(self):
        """Switched on with nothing chosen, all stages but won ones and all lost reasons are open."""
        self.env["crm.stage"].search([]).reseller_open = False
        self.env["crm.lost.reason"].search([]).reseller_open = False
        self.company_a.reseller_portal = True
        self.assertTrue(self.ours.reseller_open and self.secret_reason.reseller_open)
        self.assertFalse(self.won.reseller_open)

    def test_two_companies(self):
        """A partner of company B, where the portal is off, has Odoo's own rights."""
        self.rex.write({"company_ids": [Command.set(self.company_b.ids)], "company_id": self.company_b.id})
        self.lead_rex.write({"company_id": self.company_b.id, "team_id": self.far.id, "user_id": False})
        [read] = self.lead_rex.with_user(self.rex).read(["probability"])
        self.assertEqual(read["probability"], self.lead_rex.probability)
