import random
from datetime import date, timedelta

from odoo.tests import tagged

from .past_common import START, PastCase

RICH = {"created", "message_in", "message_out", "note", "activity_planned", "activity_done", "call_out"}
RICH |= {"meeting_planned", "stage_moved", "owner_changed", "team_changed", "amount_changed", "converted"}
RICH |= {"won", "lost", "reopened"}
UNTOLD = {"probability_set"}  # Odoo keeps no trace of it


@tagged("post_install", "-at_install")
class TestLivePast(PastCase):
    """The log kept live is the log told afterwards, for all that history can tell."""

    def _steps(self, rng, lead):
        """Random things that salespeople and customers do, as (person, work)."""
        stages = self.env["crm.stage"].search([("team_ids", "=", False)])
        teams = {"olga": self.north, "otto": self.north, "sara": self.south}
        lead_id, todo = lead.id, ("mail.mail_activity_data_todo", "mail.mail_activity_data_call")

        def on(work):
            return lambda env: work(env["crm.lead"].browse(lead_id))

        def finish(lead):
            lead.activity_ids[:1].action_feedback(feedback="done")

        def message(lead):
            lead.message_post(
                body="Hello", message_type="comment", partner_ids=self.customer.ids, subtype_xmlid="mail.mt_comment",
            )  # fmt: skip

        def write_in(lead):
            lead.sudo().message_post(
                body="Prices?", message_type="email", author_id=self.customer.id, subtype_xmlid="mail.mt_comment",
            )  # fmt: skip

        def meet(lead):
            now = START.replace(hour=rng.randrange(8, 18)) + timedelta(days=rng.randrange(5, 25))
            vals = {"name": "Demo", "start": now, "stop": now + timedelta(hours=1), "opportunity_id": lead.id}
            lead.env["calendar.event"].create(vals)

        owner = rng.choice(list(teams))
        several = {"stage_id": rng.choice(stages).id, "expected_revenue": rng.randrange(900)}
        day = date(2026, 4, 1) + timedelta(days=rng.randrange(60))
        return [
            on(lambda lead: lead.write({"stage_id": rng.choice(stages).id})),
            on(lambda lead: lead.write({"user_id": self.users[owner].id, "team_id": teams[owner].id})),
            on(lambda lead: lead.write({"user_id": False})),
            on(lambda lead: lead.write({"expected_revenue": rng.randrange(900)})),
            on(lambda lead: lead.write({"recurring_revenue": rng.randrange(90)})),
            on(lambda lead: (lead.write(several), message(lead))),
            on(lambda lead: lead.stage_id.is_won or lead.action_set_lost(lost_reason_id=self.lost_reason.id)),
            on(lambda lead: lead.action_set_won()),
            on(lambda lead: lead.action_unarchive()),
            on(lambda lead: lead.convert_opportunity(self.customer)),
            on(lambda lead: lead.activity_schedule(rng.choice(todo), day, user_id=lead.env.uid)),
            on(finish),
            on(message),
            on(write_in),
            on(lambda lead: lead.message_post(body="us", message_type="comment", subtype_xmlid="mail.mt_note")),
            on(meet),
        ]

    def test_live_is_past(self):
        """Two hundred random transactions on six leads, several changes in some of them."""
        rng = random.Random(19)
        for number in range(6):
            kind = rng.choice(("lead", "opportunity"))
            self.make(START + timedelta(minutes=number), type=kind, partner_id=self.customer.id)
        moment = START + timedelta(hours=1)
        for _number in range(200):
            work = rng.choice(self._steps(rng, rng.choice(self.leads_told)))
            self.happen(moment, work, "mona")
            moment += timedelta(minutes=rng.randrange(1, 90))
        live = self.log(lambda row: row[1] not in UNTOLD)
        self.assertEqual({row[1] for row in live}, RICH)
        self.forget()
        self.tell_past()
        self.assertEqual(self.log(lambda row: row[1] != "meeting_held"), live)
