from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MONDAY, AssignmentCase


@tagged("post_install", "-at_install")
class TestShare(AssignmentCase):
    def test_in_turn(self):
        """Leads go round evenly; the next run goes on where the last one ended (S7: no seniority)."""
        first = self.make(3)
        teams_data, members_data = self.share()
        self.assertEqual(self.owners(first), ["Olga", "Otto", "Olga"])
        self.assertEqual(teams_data[self.north]["assigned"], set())
        self.assertEqual(members_data[self.olga]["assigned"], first[0] + first[2])
        second = self.make(2)
        self.share()
        self.assertEqual(self.owners(second), ["Otto", "Olga"])

    def test_a_maximum_of_one_is_one_lead(self):
        """S2: a member with a maximum of 1 gets one lead in 30 days, neither none for ever nor more."""
        self.olga.assignment_max, self.otto.assignment_max = 1, 0
        leads = self.make(3)
        self.share()
        self.assertEqual(self.owners(leads), ["Olga", False, False])
        self.share()
        self.assertEqual(self.owners(leads), ["Olga", False, False])
        with self.later(days=31):
            self.share()
        self.assertEqual(self.owners(leads), ["Olga", "Olga", False])

    def test_preferred_by_both(self):
        """S3: leads that fit two members' preferred filters are each given once, and counted once."""
        for member in (self.olga, self.otto):
            member.assignment_domain_preferred = "[('city', '=', 'Testville')]"
        leads = self.make(3, city="Testville")
        _teams, members_data = self.share()
        self.assertEqual(sum(len(data["assigned"]) for data in members_data.values()), 3)
        self.assertEqual(self.olga.lead_month_count + self.otto.lead_month_count, 3)
        self.assertEqual(self.owners(leads), ["Olga", "Otto", "Olga"])

    def test_own_leads_do_not_count(self):
        """S4: a lead that a person typed in himself takes nothing from his maximum."""
        self.env["crm.lead"].create(
            [{"name": "typed", "team_id": self.north.id, "user_id": self.olga.user_id.id} for _place in range(5)]
        )
        self.olga.assignment_max, self.otto.assignment_max = 2, 0
        self.assertEqual((self.olga.lead_month_count, self.olga.assignment_room), (0, 2))
        leads = self.make(2)
        self.share()
        self.assertEqual(self.owners(leads), ["Olga", "Olga"])
        leads[0].action_set_lost()
        self.assertEqual((self.olga.lead_month_count, self.olga.lead_day_count, self.olga.assignment_room), (2, 2, 0))

    def test_what_was_assigned_before_counts(self):
        """When a method is switched on, the leads assigned in the last 30 days count, so that nobody is flooded."""
        self.south.assignment_domain = False
        self.env["crm.lead"].create(
            [{"name": "before", "team_id": self.south.id, "user_id": self.sara.user_id.id} for _place in range(3)]
        )
        with self.later(hours=1):
            self.south.assignment_method = "round_robin"
            self.sara.assignment_max = 4
            leads = self.make(3, team_id=self.south.id)
            self.share(self.south)
        self.assertEqual(self.owners(leads), ["Sara", False, False])

    def test_nothing_is_merged(self):
        """S5: a new lead with the e-mail of somebody's open deal stays a lead of its own."""
        self.env["crm.lead"].create(
            {"name": "deal", "email_from": "ann@example.com", "user_id": self.sara.user_id.id, "team_id": self.south.id}
        )
        self.north.assignment_domain = False
        lead = self.make(team_id=False, email_from="ann@example.com", expected_revenue=999)
        self.share()
        self.assertTrue(lead.exists())
        self.assertRecordValues(lead, [{"expected_revenue": 999, "team_id": self.north.id}])
        self.assertTrue(lead.user_id)

    def test_the_same_again(self):
        """S6: the same leads and members give the same result, ties go by id."""
        found = []
        for _time in range(3):
            savepoint = self.env.cr.savepoint()
            leads = self.make(7)
            self.share()
            found.append(self.owners(leads))
            savepoint.rollback()
            self.env.invalidate_all()
            savepoint.close(rollback=False)
        self.assertEqual(found[0], ["Olga", "Otto"] * 3 + ["Olga"])
        self.assertEqual(found[1:], found[:1] * 2)

    def test_people_are_told_and_types_stay(self):
        """S8: each gets one message with his leads, by Discuss; leads stay leads unless the team converts."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        leads = self.make(5)
        self.share()
        self.assertEqual(set(leads.mapped("type")), {"lead"})
        told = self.env["mail.message"].search([("id", ">", last), ("model", "=", "discuss.channel")])
        self.assertEqual(len(told.filtered(lambda message: "leads were given" in message.body)), 2)
        self.north.assignment_convert = True
        lead = self.make()
        self.share()
        self.assertRecordValues(lead, [{"type": "opportunity", "date_conversion": MONDAY}])

    def test_mail_where_it_is_wanted(self):
        """Off, nobody gets a mail; on, each gets one with the names of his leads and links that work from outside."""
        mails = self.env["mail.mail"]
        before = mails.search([])
        self.make(2)
        self.share()
        self.assertEqual(mails.search([]), before)
        self.env["ir.config_parameter"].set_param("crm_assignment.mail_given", True)
        leads = self.make(3)
        self.share()
        sent = mails.search([]) - before
        self.assertEqual(len(sent), 2)
        body = next(mail.body_html for mail in sent if "Hello Olga" in mail.body_html)
        self.assertIn(f"{leads[0].get_base_url()}/odoo/crm.lead/{leads[0].id}", body)
        self.assertNotIn(f"/odoo/crm.lead/{leads[1].id}", body)

    def test_as_a_person_would_have(self):
        """Owner, team, dates, follower and one tracking note a lead, as Odoo itself writes them."""
        self.north.assignment_domain = False
        ours = self.make(2, team_id=False)
        theirs = self.make(team_id=False)
        self.env.cr.precommit.run()
        tracked = self.env(context={})
        ours, theirs = ours.with_env(tracked), theirs.with_env(tracked)
        theirs.with_context(mail_auto_subscribe_no_notify=True).write(
            {"team_id": self.north.id, "user_id": self.olga.user_id.id}
        )
        self.env.cr.precommit.run()
        self.north.with_env(tracked)._action_assign_leads(force_quota=True, creation_delta_days=0)
        lead = ours[0]
        self.assertRecordValues(
            lead, [{"user_id": self.olga.user_id.id, "team_id": self.north.id, "date_open": MONDAY}]
        )
        self.assertEqual(lead.message_partner_ids, theirs.message_partner_ids)
        notes, note = lead.message_ids, theirs.message_ids
        self.assertEqual(len(notes), len(note))
        names = ("subtype_id", "message_type", "body", "author_id", "email_from", "is_internal", "reply_to")
        self.assertEqual([notes[0][name] for name in names], [note[0][name] for name in names])
        told = [
            [(value.field_id.name, value.old_value_char, value.new_value_char) for value in message.tracking_value_ids]
            for message in (notes[0], note[0])
        ]
        self.assertEqual(told[0], told[1])
        self.assertEqual(len(set(ours.message_ids.mapped("message_id"))), len(ours.message_ids))

    def test_teams_on_odoo_go_their_own_way(self):
        """A team left on `odoo` and one of ours in one call: each through its own code, no lead through both."""
        self.south.assignment_domain = self.north.assignment_domain = False
        self.north.assignment_domain = "[('city', '=', 'Testville')]"
        ours, theirs = self.make(2, team_id=False, city="Testville"), self.make(2, team_id=False)
        teams_data, members_data = self.share(self.north + self.south)
        self.assertEqual(self.owners(ours), ["Olga", "Otto"])
        self.assertEqual(set(teams_data), {self.north, self.south})
        self.assertEqual(theirs.team_id, self.south)
        self.assertFalse(set(self.env["crm.assignment.decision"].search([]).lead_id.ids) & set(theirs.ids))
        self.assertIn(self.sara, members_data)

    def test_teams_with_most_free_share(self):
        """Leads without team go to whose members have most of their maximum free, then by sequence."""
        self.south.assignment_method = "round_robin"
        self.north.assignment_domain = self.south.assignment_domain = False
        self.olga.assignment_max, self.otto.assignment_max, self.sara.assignment_max = 2, 2, 4
        self.make(2)
        leads = self.make(5, team_id=False)
        self.share(self.north + self.south)
        self.assertEqual(len(leads.filtered(lambda lead: lead.team_id == self.south)), 3)

    def test_pause_gives_odoos_way_back(self):
        """While the suite's methods are paused, Odoo's own code shares out."""
        self.env["ir.config_parameter"].set_param("crm_assignment.paused", True)
        lead = self.make()
        self.share()
        self.assertTrue(lead.user_id)
        self.assertEqual(lead.type, "opportunity")
        self.assertFalse(self.env["crm.assignment.run"].search([]))

    def test_leads_of_another_company(self):
        """A lead of a company that the member does not belong to is not given to him; the reason stays."""
        lead = self.make(team_id=False, company_id=self.company_b.id)
        self.north.assignment_domain, self.north.company_id = False, False
        self.share()
        self.assertFalse(lead.user_id)
        decision = self.env["crm.assignment.decision"].search([("lead_id", "=", lead.id)])
        self.assertEqual((decision.why, decision.user_id.id), ("filter", False))

    def test_keeping_to_a_days_share(self):
        """A team that keeps to each day's share gives no more; a run by hand goes beyond it."""
        self.north.assignment_hold = True
        self.olga.assignment_max = self.otto.assignment_max = 30
        leads = self.make(14)
        self.share(force=False)
        self.assertEqual(len(leads.filtered("user_id")), 4)
        self.share(force=False)
        self.assertEqual(len(leads.filtered("user_id")), 4)
        self.share()
        self.assertEqual(len(leads.filtered("user_id")), 14)

    def _given_on_day(self, day, waiting=60):
        """How many leads each member is given on that day, where the team keeps to each day's share."""
        leads = self.make(waiting)
        with self.later(days=day):
            self.env.invalidate_all()
            self.share(force=False)
        owners = leads.mapped("user_id")
        found = {user.name: len(leads.filtered(lambda lead, user=user: lead.user_id == user)) for user in owners}
        leads.filtered(lambda lead: not lead.user_id).unlink()
        return found

    def test_what_earlier_days_left(self):
        """What earlier working days left unused is made up for, to the last lead of the 30 days and no further."""
        self.north.assignment_hold = True
        self.olga.assignment_max, self.otto.assignment_max = 21, 0
        self.assertEqual(self._given_on_day(0, 0), {})
        self.assertEqual(self._given_on_day(1), {"Olga": 2})  # Tuesday: Monday gave nothing
        self.assertEqual(self._given_on_day(2), {"Olga": 1})
        self.assertEqual(self._given_on_day(5), {})
        self.assertEqual(self._given_on_day(9), {"Olga": 5})  # Wednesday, after four days without a lead
        self.assertEqual(self._given_on_day(28), {"Olga": 13})  # all that the maximum has left

    def test_days_before_the_method_leave_nothing_unused(self):
        """Members of years: the day on which the team's method was switched on is the first that counts."""
        self.env.cr.execute("UPDATE crm_team_member SET create_date = %s", (MONDAY - timedelta(days=400),))
        self.north.assignment_hold = True
        self.olga.assignment_max, self.otto.assignment_max = 21, 0
        self.assertEqual(self._given_on_day(1), {"Olga": 2})

    def test_days_off_leave_nothing_unused(self):
        """Who comes back from leave, or just joined the team, is not flooded with what he would have been given."""
        self.north.assignment_hold = True
        self.olga.assignment_max = self.otto.assignment_max = 21
        calendar = self.company_a.resource_calendar_id
        self.otto.user_id.resource_calendar_id = calendar
        resource = self.env["resource.resource"].create(
            {"name": "Otto", "user_id": self.otto.user_id.id, "calendar_id": calendar.id}
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "leave",
                "resource_id": resource.id,
                "calendar_id": calendar.id,
                "date_from": MONDAY,
                "date_to": MONDAY + timedelta(days=4, hours=9),
                "time_type": "leave",
            }
        )
        with self.later(days=6):
            self.env["crm.team.member"].create(
                {"crm_team_id": self.north.id, "user_id": self.users["aldo"].id, "assignment_max": 21}
            )
        self.assertEqual(self._given_on_day(7), {"Olga": 6, "Otto": 1, "Aldo": 1})

    def test_an_error_sets_one_lead_apart(self):
        """A lead that an addon's constraint refuses to write stays, with a note; the others are given."""
        leads = self.make(5)
        bad = leads[2]
        original = type(leads).write

        def write(records, vals):
            if bad in records and vals.get("user_id"):
                raise ValidationError("No.")
            return original(records, vals)

        self.patch(type(leads), "write", write)
        self.share()
        self.assertEqual(leads.filtered(lambda lead: not lead.user_id), bad)
        run = self.env["crm.assignment.run"].search([], limit=1)
        self.assertRecordValues(run, [{"state": "done", "given": 4, "left": 1, "failed": 1, "error": "No."}])
        self.env["crm.lead.event"]._flush()
        told = self.env["crm.lead.event"].search([("lead_id", "in", leads.ids), ("kind", "=", "assigned")])
        self.assertEqual(sorted(told.mapped("lead_id.id")), sorted((leads - bad).ids), "nothing of what was taken back")

    def test_old_leads_without_team(self):
        """The job leaves old leads without team alone, the button does not; those of the team have no age."""
        self.north.assignment_domain = False
        old, own = self.make(team_id=False), self.make()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = ANY(%s)", (MONDAY - timedelta(days=9), (old + own).ids)
        )
        self.env.invalidate_all()
        self.north._action_assign_leads()
        self.assertEqual((bool(old.user_id), bool(own.user_id)), (False, True))
        self.share()
        self.assertTrue(old.user_id)

    def test_salespersons_can_not_share_out(self):
        """Managers for all, leaders for their own teams, nobody else."""
        lead = self.make()
        for name, teams in (("olga", self.north), ("aldo", self.north), ("lena", self.north + self.south)):
            with self.assertRaises(UserError):
                teams.with_user(self.users[name])._action_assign_leads()
        self.assertFalse(lead.user_id)
        self.north.with_user(self.users["lena"]).action_assign_leads()
        self.assertTrue(lead.user_id)
