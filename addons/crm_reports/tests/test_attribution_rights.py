from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .attribution_common import AttributionCase


@tagged("post_install", "-at_install")
class TestAttributionRights(AttributionCase):
    """Who may read a lead may read its shares, nobody else, whatever the rules of leads are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all_leads = cls.env["crm.lead"].union(*cls.leads.values())
        cls.all_leads.write({"expected_revenue": 100, "stage_id": cls.won_stage.id, "source_id": cls.ad.id})
        cls.env.flush_all()
        cls.Share._share_out(cls.all_leads.ids)

    def seen(self, name, **context):
        """Names of the leads of which a person sees shares, however he asks: all ways have to agree."""
        shares = self.Share.with_user(self.users[name]).with_context(**context)
        found = shares.search([])
        self.assertEqual(found.sudo().lead_id, self.leads_of(name, **context))
        self.assertEqual(shares.search_count([]), len(found))
        total = shares._read_group([], [], ["amount_linear:sum", "lead_id:count_distinct"])[0]
        self.assertEqual(total, (100 * len(found), len(found)))
        hidden = (self.Share.search([]) - found.sudo()).with_env(shares.env)
        self.assertTrue(found.has_access("read"))
        self.assertEqual((found + hidden)._filtered_access("read"), found)
        for share in hidden:
            with self.assertRaises(AccessError):
                share.read(["amount_linear"])
        return set(found.sudo().lead_id.mapped("name"))

    def leads_of(self, name, **context):
        leads = self.env["crm.lead"].with_user(self.users[name]).with_context(**context)
        return leads.search([("id", "in", self.all_leads.ids)]).sudo()

    def test_personas(self):
        """Own, team, all documents, managers, another company's salesperson."""
        of_a = set(self.leads) - {"far_fred", "far_nobody"}
        self.assertEqual(self.seen("olga"), {"north_olga", "north_nobody", "south_nobody", "nobody"})
        self.assertEqual(self.seen("lena"), self.seen("olga") | {"north_otto"})
        self.assertEqual(self.seen("sara"), {"south_sara", "north_nobody", "south_nobody", "nobody"})
        self.assertEqual(self.seen("aldo"), of_a)
        self.assertEqual(self.seen("mona"), of_a)
        self.assertEqual(self.seen("fred"), {"far_fred", "far_nobody", "nobody"})

    def test_two_companies(self):
        """With two companies one sees those that are ticked."""
        mona = self.users["mona"]
        mona.company_ids = [Command.link(self.company_b.id)]
        both = [self.company_a.id, self.company_b.id]
        self.assertEqual(self.seen("mona", allowed_company_ids=both), set(self.leads))
        self.assertEqual(
            self.seen("mona", allowed_company_ids=[self.company_b.id]), {"far_fred", "far_nobody", "nobody"}
        )

    def test_any_rule_of_leads(self):
        """A rule that somebody adds to leads holds for shares too."""
        self.env["ir.rule"].create(
            {
                "name": "Nothing of the South",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": "[('team_id.name', '!=', 'South')]",
            }
        )
        self.assertFalse({"south_sara", "south_nobody"} & self.seen("mona"))
        self.assertFalse({"south_sara", "south_nobody"} & self.seen("olga"))

    def test_rules_that_allow_nothing_or_all(self):
        """Where a rule hides every lead, every share is hidden; where there is no rule left, none is."""
        rules = self.env["ir.rule"]
        hide = rules.create(
            {
                "name": "Nothing",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        self.assertFalse(self.Share.with_user(self.users["mona"]).search_count([]))
        share = self.Share.search([], limit=1).with_user(self.users["mona"])
        self.assertFalse(share.has_access("read"))
        self.leads["nobody"].campaign_id = self.spring
        self.env.flush_all()
        self.assertFalse(self.env["crm.campaign.return"].with_user(self.users["mona"]).search_count([]))
        hide.active = False
        rules.search([("model_id.model", "=", "crm.lead")]).active = False
        self.assertEqual(self.seen("mona"), set(self.leads))

    def test_portal_and_public(self):
        """They read no share at all, and no leads by way of shares."""
        for user in (self.users["petra"], self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.Share.with_user(user).search([])
            with self.assertRaises(AccessError):
                self.env["crm.lead"].with_user(user).action_open_report_rows("crm.attribution.share", [])

    def test_nobody_writes(self):
        """Even managers only read shares."""
        share = self.Share.search([], limit=1).with_user(self.users["mona"])
        for act in (share.unlink, lambda: share.write({"amount_u": 1}), lambda: share.create({"kind": "won"})):
            with self.assertRaises(AccessError):
                act()

    def test_managers_pay_only_for_the_company(self):
        """Where rules ask for the company only, leads are not looked at; while it is switched off they are."""
        shares = self.Share.with_user(self.users["mona"])
        self.assertNotIn('"crm_lead"', shares._search([]).select().code)
        self.assertIn('"crm_lead"', self.Share.with_user(self.users["olga"])._search([]).select().code)
        self.switch(False)
        self.assertIn('"crm_lead"', shares._search([]).select().code)

    def test_moved_while_off(self):
        """A lead that moves to another company while attribution is off leaves nothing to be seen there."""
        self.switch(False)
        lead = self.leads["nobody"]
        lead.write({"company_id": self.company_b.id})
        self.env.flush_all()
        self.assertNotIn("nobody", self.seen("mona"))
        self.switch(True)
        self.assertNotIn("nobody", self.seen("mona"))


@tagged("post_install", "-at_install")
class TestLeadDrillDown(AttributionCase):
    """A cell opens its leads: as many as it says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, lead in enumerate(cls.leads.values()):
            lead.write({"stage_id": cls.won_stage.id, "source_id": [cls.ad, cls.fair][number % 2].id})
            lead.active = number != 2
        cls.env.flush_all()
        cls.Share._share_out([lead.id for lead in cls.leads.values()])

    def opened(self, name, model, domain):
        user = self.users[name]
        action = self.env["crm.lead"].with_user(user).action_open_report_rows(model, domain)
        self.assertEqual(action["res_model"], "crm.lead")
        return self.env["crm.lead"].with_user(user).with_context(**action["context"]).search(action["domain"])

    def test_count_is_list(self):
        """For each person and each cell the list has as many leads as the cell says, archived ones too."""
        for name in ("olga", "lena", "aldo", "mona", "fred"):
            shares = self.Share.with_user(self.users[name])
            cells = shares.formatted_read_group([], ["source_id", "won_at:month"], ["lead_id:count_distinct"])
            self.assertTrue(cells)
            for cell in cells:
                found = self.opened(name, "crm.attribution.share", cell["__extra_domain"])
                self.assertEqual(len(found), cell["lead_id:count_distinct"])

    def test_any_model_with_leads(self):
        """Odoo's own report of activities opens its leads likewise; what has no leads is refused."""
        self.lead.message_post(body="Done", subtype_xmlid="mail.mt_activities")
        self.lead.message_ids[0].mail_activity_type_id = self.env.ref("mail.mail_activity_data_call")
        self.env.flush_all()
        found = self.opened("mona", "crm.activity.report", [("lead_id", "=", self.lead.id)])
        self.assertEqual(found.ids, self.lead.ids)
        with self.assertRaises(ValueError):
            self.opened("mona", "res.partner", [])

    def test_not_in_filters(self):
        """Nobody is offered the field for his own filters."""
        fields = self.env["crm.lead"].get_views([(False, "search")])["models"]["crm.lead"]["fields"]
        self.assertIn("campaign_id", fields)
        self.assertNotIn("report_rows", fields)

    def test_button_on_the_lead(self):
        """A manager sees on the lead how many touches share it; others have no such field."""
        lead = self.lead.with_user(self.users["mona"])
        self.assertEqual(lead.attribution_share_count, 1)
        with self.assertRaises(AccessError):
            self.lead.with_user(self.users["olga"]).read(["attribution_share_count"])
        self.assertEqual(self.Share.search([("lead_id", "=", lead.id)]).action_open_lead()["res_id"], lead.id)
