"""What was written, done, moved and met: messages, activities, stage moves and meetings, in bulk."""

from datetime import timedelta

from markupsafe import Markup

from odoo.tools import formataddr

from story import cast, records
from story.chapters.crm.deals import TeamStages
from story.events import Done, Meeting, Message, Planned

TYPES = {kind: f"mail.mail_activity_data_{kind}" for kind in ("call", "email", "meeting", "todo")}
DONE = Markup(
    '<div><p><span class="fa {icon} fa-fw"></span><span>{type}</span> done<span>: {summary}</span></p>{note}</div>'
)
NOTE = Markup('<div class="o_mail_note_title fw-bold">Original note:</div><div><p>{}</p></div>')


def tell(env, story, leads):
    pairs = list(zip(story.deals, leads, strict=True))
    log = Log(env, story)
    for deal, lead in pairs:
        log.read(deal, lead)
    log.write()
    _activities(env, pairs)
    _meetings(env, pairs)


class Log:
    """Everything that stands in the chatter, written in the order of its dates: Odoo shows it by number."""

    def __init__(self, env, story):
        self.env = env
        self.stages = TeamStages(env)
        self.users = {
            person.login: records.recall(env, "user", person.login).partner_id
            for person in story.people
            if person.role != "reseller"
        }
        self.types = {kind: env.ref(xmlid) for kind, xmlid in TYPES.items()}
        self.robot = env.ref("base.partner_root")
        self.subtypes = {
            name: env.ref(name).id
            for name in (
                "mail.mt_comment",
                "mail.mt_note",
                "mail.mt_activities",
                "crm.mt_lead_create",
                "crm.mt_lead_stage",
                "crm.mt_lead_won",
                "crm.mt_lead_lost",
            )
        }
        self.fields = {
            name: env["ir.model.fields"]._get("crm.lead", name).id for name in ("stage_id", "lost_reason_id", "type")
        }
        self.lines = []  # (date, values of the message, values of its tracking or None)

    def read(self, deal, lead):
        owner = self.users.get(deal.owner, self.robot)
        self._add(deal.created, lead, self.robot, "crm.mt_lead_create", "Lead created")
        if deal.converted and deal.kind == "opportunity":
            tracking = {"field_id": self.fields["type"], "old_value_char": "Lead", "new_value_char": "Opportunity"}
            self._add(deal.converted, lead, owner, "mail.mt_note", "", tracking)
        for event in deal.events:
            if isinstance(event, Message):
                self._message(event, deal, lead, owner)
            elif isinstance(event, Done):
                self._done(event, lead, owner)
        self._moves(deal, lead, owner)
        if deal.outcome == "lost":
            tracking = {
                "field_id": self.fields["lost_reason_id"],
                "old_value_integer": 0,
                "old_value_char": "",
                "new_value_integer": lead.lost_reason_id.id,
                "new_value_char": deal.reason,
            }
            self._add(deal.closed, lead, owner, "crm.mt_lead_lost", "", tracking)

    def write(self):
        """Create the messages and their trackings, and give them their dates."""
        self.lines.sort(key=lambda line: (line[0], line[1]["res_id"]))
        messages = self.env["crm.lead"]._message_create([values for _at, values, _tracking in self.lines])
        tracked = [
            {**tracking, "mail_message_id": message.id, "at": at}
            for (at, _values, tracking), message in zip(self.lines, messages, strict=True)
            if tracking
        ]
        self._send(messages.filtered(lambda message: message.message_type == "comment"))
        moments = [values.pop("at") for values in tracked]
        trackings = self.env["mail.tracking.value"].create(tracked)
        for records_, days in ((messages, [line[0] for line in self.lines]), (trackings, moments)):
            rows = [
                {"id": one.id, "create_date": day, "write_date": day} for one, day in zip(records_, days, strict=True)
            ]
            records.set_columns(
                self.env, records_._table, {"create_date": "timestamp", "write_date": "timestamp"}, rows
            )

    def _send(self, messages):
        """What salespersons wrote went to the customer, as his notification says."""
        leads = {lead.id: lead for lead in self.env["crm.lead"].browse(messages.mapped("res_id"))}
        self.env["mail.notification"].create(
            [
                {
                    "mail_message_id": message.id,
                    "notification_type": "email",
                    "notification_status": "sent",
                    "res_partner_id": leads[message.res_id].partner_id.id,
                    "mail_email_address": not leads[message.res_id].partner_id and leads[message.res_id].email_from,
                }
                for message in messages
            ]
        )

    def _message(self, event, deal, lead, owner):
        body = Markup("<p>%s</p>") % event.body
        if event.by == "note":
            self._add(event.at, lead, self.robot, "mail.mt_note", body)
        elif event.by == "owner":
            self._add(event.at, lead, owner, "mail.mt_comment", body, kind="comment", subject=event.subject)
        else:
            sender = formataddr((deal.company.contact, deal.company.email))
            self._add(
                event.at,
                lead,
                lead.partner_id,
                "mail.mt_comment",
                body,
                kind="email",
                subject=event.subject,
                email_from=sender,
            )

    def _done(self, event, lead, owner):
        kind = self.types[event.kind]
        note = NOTE.format(event.note) if event.note else ""
        body = DONE.format(icon=kind.icon or "fa-tasks", type=kind.name, summary=event.summary, note=note)
        self._add(event.at, lead, owner, "mail.mt_activities", body, mail_activity_type_id=kind.id)

    def _moves(self, deal, lead, owner):
        for at, before, stage in self.stages.path(deal):
            tracking = {
                "field_id": self.fields["stage_id"],
                "old_value_integer": before.id,
                "old_value_char": before.name,
                "new_value_integer": stage.id,
                "new_value_char": stage.name,
            }
            self._add(at, lead, owner, "crm.mt_lead_won" if stage.is_won else "crm.mt_lead_stage", "", tracking)

    def _add(self, at, lead, author, subtype, body, tracking=None, kind="notification", **more):
        self.lines.append(
            (
                at,
                {
                    "model": "crm.lead",
                    "res_id": lead.id,
                    "date": at,
                    "author_id": author.id,
                    "body": body,
                    "email_from": formataddr((author.name or "", author.email or f"info@{cast.DOMAIN}")),
                    "reply_to": f"info@{cast.DOMAIN}",
                    "message_type": kind,
                    "subtype_id": self.subtypes[subtype],
                    **more,
                },
                tracking,
            )
        )


def _activities(env, pairs):
    """The planned ones, and the done ones archived as Odoo does it."""
    types = {kind: env.ref(xmlid).id for kind, xmlid in TYPES.items()}
    model = env["ir.model"]._get_id("crm.lead")
    vals, rows = [], []
    for deal, lead in pairs:
        for event in deal.of(Done) + deal.of(Planned):
            done = isinstance(event, Done)
            day = event.at.date() if done else event.due
            at = event.at if done else max(deal.last_event, deal.assigned or deal.created)
            vals.append(
                {
                    "res_model_id": model,
                    "res_id": lead.id,
                    "activity_type_id": types[event.kind],
                    "summary": event.summary,
                    "note": event.note if done else False,
                    "date_deadline": day,
                    "user_id": lead.user_id.id or env.uid,
                    "active": not done,
                    **({"date_done": day} if done else {}),
                }
            )
            made = at - timedelta(hours=1) if done else at
            rows.append({"create_date": made, "write_date": at, "create_uid": lead.user_id.id or env.uid})
    activities = env["mail.activity"].with_context(**records.QUIET).create(vals)
    records.set_columns(
        env,
        "mail_activity",
        {"create_date": "timestamp", "write_date": "timestamp", "create_uid": "int"},
        [{"id": activity.id, **row} for activity, row in zip(activities, rows, strict=True)],
    )


def _meetings(env, pairs):
    """In the calendar of the owner; tied to the deal in SQL, else Odoo would write a message for each today."""
    vals, rows = [], []
    for deal, lead in pairs:
        for event in deal.of(Meeting):
            vals.append(
                {
                    "name": event.name,
                    "start": event.start,
                    "stop": event.start + timedelta(hours=event.hours),
                    "user_id": lead.user_id.id,
                    "partner_ids": [(6, 0, (lead.user_id.partner_id + lead.partner_id).ids)],
                }
            )
            made = {"create_date": event.at, "write_date": event.at, "create_uid": lead.user_id.id or env.uid}
            rows.append({"opportunity_id": lead.id, "res_id": lead.id, **made})
    context = {**records.QUIET, "no_mail_to_attendees": True, "dont_notify": True}
    meetings = env["calendar.event"].with_context(**context).create(vals)
    model = env["ir.model"]._get_id("crm.lead")
    types = {
        "opportunity_id": "int",
        "res_id": "int",
        "res_model_id": "int",
        "res_model": "varchar",
        "create_date": "timestamp",
        "write_date": "timestamp",
        "create_uid": "int",
    }
    records.set_columns(
        env,
        "calendar_event",
        types,
        [
            {"id": meeting.id, "res_model_id": model, "res_model": "crm.lead", **row}
            for meeting, row in zip(meetings, rows, strict=True)
        ],
    )
    meetings.attendee_ids.write({"state": "accepted"})
    _finish_meetings(env)


def _finish_meetings(env):
    """The activities of meetings that were held belong to these."""
    env.cr.execute(
        """
        UPDATE mail_activity activity SET calendar_event_id = meeting.id
          FROM mail_activity_type type, calendar_event meeting
         WHERE type.id = activity.activity_type_id AND type.category = 'meeting' AND NOT activity.active
           AND activity.res_model = 'crm.lead' AND meeting.opportunity_id = activity.res_id
           AND meeting.start::date = activity.date_done
        """
    )
