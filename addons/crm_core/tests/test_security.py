from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import OWN, TEAM, CrmCoreCase

MINE = {"north_olga"}
UNASSIGNED_A = {"north_nobody", "south_nobody", "nobody"}
NORTH = {"north_olga", "north_otto", "north_nobody"}
COMPANY_A = NORTH | {"south_sara", "south_nobody", "nobody"}


@tagged("post_install", "-at_install")
class TestLeadAccess(CrmCoreCase):
    """Who may create, read, write and delete which lead, in two companies."""

    # persona -> (leads that he reads and writes, may he create, may he delete)
    MATRIX = {
        "olga": (MINE | UNASSIGNED_A, True, False),
        "lena": (NORTH | UNASSIGNED_A, True, False),
        "aldo": (COMPANY_A, True, False),
        "mona": (COMPANY_A, True, True),
        "fred": ({"far_fred", "far_nobody", "nobody"}, True, False),
        "petra": (set(), False, False),
    }

    def test_read(self):
        """Each persona's search finds the leads of the matrix, no more and no less; reading others is refused."""
        for name, (visible, _create, _delete) in self.MATRIX.items():
            with self.subTest(persona=name):
                if name == "petra":
                    with self.assertRaises(AccessError):
                        self.seen_by(name)
                    continue
                self.assertEqual(self.seen_by(name), visible)
                for hidden in set(self.leads) - visible:
                    with self.assertRaises(AccessError):
                        self.leads[hidden].with_user(self.users[name]).read(["name"])

    def test_write(self):
        """What a persona reads he may write; what he does not read he can't."""
        for name, (visible, _create, _delete) in self.MATRIX.items():
            for lead_name, lead in self.leads.items():
                with self.subTest(persona=name, lead=lead_name):
                    as_user = lead.with_user(self.users[name])
                    if lead_name in visible:
                        as_user.write({"referred": name})
                        self.assertEqual(lead.referred, name)
                    else:
                        with self.assertRaises(AccessError):
                            as_user.write({"referred": name})

    def test_create(self):
        """Salespersons create leads; portal users and the public do not."""
        for name, (_visible, may_create, _delete) in self.MATRIX.items():
            with self.subTest(persona=name):
                Lead = self.env["crm.lead"].with_user(self.users[name])
                if may_create:
                    self.assertTrue(Lead.create({"name": "made"}))
                else:
                    with self.assertRaises(AccessError):
                        Lead.create({"name": "made"})

    def test_delete(self):
        """Only managers delete leads, a team leader does not."""
        for name, (visible, _create, may_delete) in self.MATRIX.items():
            with self.subTest(persona=name):
                lead = self.leads[min(visible)] if visible else self.leads["nobody"]
                copy = lead.copy()
                if may_delete:
                    copy.with_user(self.users[name]).unlink()
                    self.assertFalse(copy.exists())
                else:
                    with self.assertRaises(AccessError):
                        copy.with_user(self.users[name]).unlink()

    def test_public(self):
        """The public user reaches no lead."""
        with self.assertRaises(AccessError):
            self.env["crm.lead"].with_user(self.env.ref("base.public_user")).search([])

    def test_leader_reassigns(self):
        """A leader gives a deal of his team from one member to another."""
        lead = self.leads["north_olga"].with_user(self.users["lena"])
        lead.user_id = self.users["otto"]
        self.assertEqual(self.leads["north_olga"].user_id, self.users["otto"])
        self.assertEqual(self.leads["north_olga"].team_id, self.north)

    def test_membership_counts_at_once(self):
        """Joining and leaving a team changes what one sees without a new log-in."""
        user = new_test_user(self.env, login="core_new", groups=TEAM)
        self.users["new"] = user
        self.assertEqual(self.seen_by("new"), UNASSIGNED_A)
        member = self.env["crm.team.member"].create({"crm_team_id": self.south.id, "user_id": user.id})
        self.assertEqual(self.seen_by("new"), UNASSIGNED_A | {"south_sara"})
        member.active = False
        self.assertEqual(self.seen_by("new"), UNASSIGNED_A)

    def test_shared_team_of_no_company(self):
        """A team without company shows its leader the leads of his own company only."""
        shared = self._make_team("Shared", self.env["res.company"], "lena", [])
        Lead = self.env["crm.lead"]
        Lead.create({"name": "north_olga", "team_id": shared.id, "user_id": False, "company_id": self.company_a.id})
        far = Lead.create(
            {
                "name": "far_shared",
                "team_id": shared.id,
                "user_id": self.users["fred"].id,
                "company_id": self.company_b.id,
            }
        )
        self.assertNotIn(far, Lead.with_user(self.users["lena"]).search([("team_id", "=", shared.id)]))

    def test_roles_are_a_chain(self):
        """Own documents, own team's, all, manager: each role includes the one before it."""
        for name, group, expected in (
            ("olga", TEAM, False),
            ("lena", OWN, True),
            ("aldo", TEAM, True),
            ("mona", TEAM, True),
        ):
            self.assertEqual(self.users[name].has_group(group), expected, name)


@tagged("post_install", "-at_install")
class TestActivityReportAccess(CrmCoreCase):
    def test_same_rights_as_leads(self):
        """The activity report shows each persona the activities of just the leads that he sees."""
        activity_type = self.env.ref("mail.mail_activity_data_call")
        for lead in self.leads.values():
            lead.activity_schedule(activity_type_id=activity_type.id, user_id=self.env.uid).action_feedback()
        self.env.flush_all()
        leads = self.env["crm.lead"].union(*self.leads.values())
        for name in ("olga", "lena", "aldo", "mona", "fred"):
            with self.subTest(persona=name):
                lines = (
                    self.env["crm.activity.report"].with_user(self.users[name]).search([("lead_id", "in", leads.ids)])
                )
                self.assertEqual(set(lines.sudo().lead_id.mapped("name")), self.seen_by(name))


@tagged("post_install", "-at_install")
class TestOwnModelsAccess(CrmCoreCase):
    def test_processes_are_the_managers(self):
        """Salespersons read the ready processes, only managers change them."""
        process = self.env.ref("crm_core.crm_process_enterprise")
        for name in ("olga", "lena", "aldo"):
            as_user = process.with_user(self.users[name])
            self.assertEqual(as_user.name, "Enterprise")
            with self.assertRaises(AccessError):
                as_user.name = "Mine"
        process.with_user(self.users["mona"]).name = "Ours"
        self.assertEqual(process.name, "Ours")

    def test_start_of_a_process_is_the_managers(self):
        """Nobody below a manager starts a team from a ready process."""
        for name in ("olga", "lena", "aldo", "petra"):
            with self.assertRaises(AccessError):
                self.env["crm.process.start"].with_user(self.users[name]).create({"team_id": self.north.id})

    def test_column_change_is_ones_own(self):
        """Nobody undoes what somebody else did to a column."""
        change = (
            self.env["crm.column.change"]
            .with_user(self.users["aldo"])
            .create({"mode": "archive", "domain": '[["name", "=", "north_olga"]]', "column": "New"})
        )
        change.action_apply()
        with self.assertRaises(AccessError):
            change.with_user(self.users["olga"]).action_undo()
        with self.assertRaises(AccessError):
            self.env["crm.column.change"].with_user(self.users["petra"]).create({"mode": "archive", "domain": "[]"})
