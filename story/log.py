"""The log of leads learned the whole story on the day of its telling: here it is put in its time."""

# the story puts messages in without sending them: what everybody may see went to the customer
SENT = """
    UPDATE crm_lead_event e SET kind = 'message_out', direction = 'out'
      FROM mail_message m JOIN mail_message_subtype s ON s.id = m.subtype_id
     WHERE e.kind = 'note' AND e.model = 'mail.message' AND m.id = e.res_id
       AND s.internal IS NOT TRUE AND m.is_internal IS NOT TRUE
"""
# and activities that were done long ago as their messages only
DONE = """
    INSERT INTO crm_lead_event (lead_id, kind, moment, recorded, actor_id, model, res_id, data, company_id)
    SELECT m.res_id, CASE t.category WHEN 'phonecall' THEN 'call_out' WHEN 'meeting' THEN 'meeting_held'
                                     ELSE 'activity_done' END,
           m.date, now(), m.author_id, 'mail.message', m.id, jsonb_build_object('type', t.id), l.company_id
      FROM mail_message m JOIN mail_activity_type t ON t.id = m.mail_activity_type_id
      JOIN crm_lead l ON l.id = m.res_id
     WHERE m.model = 'crm.lead'
       AND NOT EXISTS (SELECT FROM crm_lead_event e
                        WHERE e.lead_id = m.res_id AND e.kind IN ('call_out', 'meeting_held', 'activity_done')
                          AND e.moment::date = m.date::date)
"""
DATED = (
    SENT,
    "UPDATE crm_lead_event e SET moment = m.date"
    " FROM mail_message m WHERE e.model = 'mail.message' AND m.id = e.res_id",
    "UPDATE crm_lead_event e SET moment = l.create_date FROM crm_lead l WHERE l.id = e.lead_id AND e.kind = 'created'",
    "UPDATE crm_lead_event e SET moment = COALESCE(a.date_done + time '10:00', LEAST(a.create_date, e.moment))"
    " FROM mail_activity a WHERE e.model = 'mail.activity' AND a.id = e.res_id AND e.kind <> 'activity_planned'",
    "UPDATE crm_lead_event e SET moment = LEAST(a.create_date, a.date_deadline - interval '3 days', e.moment)"
    " FROM mail_activity a WHERE e.model = 'mail.activity' AND a.id = e.res_id AND e.kind = 'activity_planned'",
    "UPDATE crm_lead_event e SET moment = LEAST(c.create_date, c.start - interval '3 days', e.moment)"
    " FROM calendar_event c WHERE e.model = 'calendar.event' AND c.id = e.res_id AND e.kind = 'meeting_planned'",
    "UPDATE crm_lead_event e SET moment = LEAST(c.stop, e.moment)"
    " FROM calendar_event c WHERE e.model = 'calendar.event' AND c.id = e.res_id AND e.kind = 'meeting_held'",
    DONE,
    "UPDATE crm_lead_event e SET moment = l.create_date"
    " FROM crm_lead l WHERE l.id = e.lead_id AND e.moment < l.create_date",
)
TELLING = ("stage_moved", "owner_changed", "team_changed", "amount_changed", "closing_date_moved", "probability_set")
TELLING += ("tagged", "converted", "won", "lost", "reopened", "activity_moved", "meeting_moved")


def put_in_time(env):
    """Date the events by what they tell of; leave out what only the telling itself changed."""
    log, leads = env["crm.lead.event"], env["crm.lead"].with_context(active_test=False)
    env.flush_all()
    log._flush()
    for query in DATED:
        env.cr.execute(query)
    env.cr.execute("DELETE FROM crm_lead_event WHERE kind = ANY(%s)", [list(TELLING)])
    closed = leads.search([("won_status", "!=", "pending"), ("date_closed", "!=", False)])
    log._insert(
        [
            {
                "lead_id": lead.id,
                "kind": lead.won_status,
                "moment": lead.date_closed,
                "actor_id": lead.user_id.partner_id.id,
                "data": {"reason": lead.lost_reason_id.id or None} if lead.won_status == "lost" else None,
            }
            for lead in closed
        ]
    )
    leads._attention_refresh(leads.search([]).ids)
