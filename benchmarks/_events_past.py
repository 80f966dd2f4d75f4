"""The history of leads from before the log: made by SQL as Odoo would have left it, then told by the job."""

import time

from odoo import api

LEADS = 20_000
WORLD = (
    # each lead: three moves of stage with their tracking, two mails each way, a done call, a meeting
    """
    INSERT INTO crm_lead (name, type, active, team_id, stage_id, company_id, create_date, write_date, create_uid,
                          won_status, probability, automated_probability, user_id)
    SELECT 'Past ' || n, 'opportunity', TRUE, (SELECT min(id) FROM crm_team), (SELECT min(id) FROM crm_stage), 1,
           now() - interval '90 days', now(), 2, 'pending', 10, 10, 2
      FROM generate_series(1, %(leads)s) n
    """,
    """
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, date, create_date, author_id, body, is_internal)
    SELECT 'crm.lead', lead.id,
           CASE WHEN n <= 4 THEN 'notification' WHEN n <= 6 THEN 'email' ELSE 'comment' END,
           CASE WHEN n <= 3 THEN %(moved)s WHEN n = 4 THEN %(done)s ELSE %(comment)s END,
           lead.create_date + n * interval '1 day', lead.create_date + n * interval '1 day',
           CASE WHEN n BETWEEN 5 AND 6 THEN NULL ELSE 3 END, 'x', FALSE
      FROM crm_lead lead, generate_series(1, 8) n WHERE lead.name LIKE 'Past %%'
    """,
    """
    UPDATE mail_message SET mail_activity_type_id = %(call)s WHERE subtype_id = %(done)s
    """,
    """
    INSERT INTO mail_notification (mail_message_id, res_partner_id, notification_type, notification_status)
    SELECT message.id, %(customer)s, 'email', 'sent' FROM mail_message message
      JOIN crm_lead lead ON lead.id = message.res_id AND lead.name LIKE 'Past %%'
     WHERE message.model = 'crm.lead' AND message.message_type = 'comment'
    """,
    """
    INSERT INTO mail_tracking_value (field_id, mail_message_id, old_value_integer, new_value_integer)
    SELECT %(stage)s, message.id, 1, 2 FROM mail_message message
      JOIN crm_lead lead ON lead.id = message.res_id AND lead.name LIKE 'Past %%'
     WHERE message.model = 'crm.lead' AND message.subtype_id = %(moved)s
    """,
    """
    INSERT INTO mail_activity (res_model, res_model_id, res_id, activity_type_id, date_deadline, user_id, active,
                               date_done, create_date, create_uid)
    SELECT 'crm.lead', %(model)s, lead.id, %(call)s, lead.create_date + interval '4 days', 2, FALSE,
           lead.create_date + interval '4 days', lead.create_date, 2
      FROM crm_lead lead WHERE lead.name LIKE 'Past %%'
    """,
    """
    INSERT INTO calendar_event (name, start, stop, active, opportunity_id, user_id, create_date, create_uid,
                                privacy, show_as)
    SELECT 'Demo', lead.create_date + interval '6 days', lead.create_date + interval '146 hours', TRUE, lead.id, 2,
           lead.create_date + interval '5 days', 2, 'public', 'busy'
      FROM crm_lead lead WHERE lead.name LIKE 'Past %%'
    """,
    "ANALYZE crm_lead, mail_message, mail_tracking_value, mail_activity, calendar_event, mail_notification",
)
EACH = 12  # created, 3 moves, 2 in, 2 out, call planned and done, meeting planned and held


def make_history(registry, leads):
    def work(env):
        ref = env["ir.model.data"]._xmlid_to_res_id
        values = {
            "leads": leads,
            "moved": ref("crm.mt_lead_stage"),
            "done": ref("mail.mt_activities"),
            "comment": ref("mail.mt_comment"),
            "call": ref("mail.mail_activity_data_call"),
            "stage": env["ir.model.fields"]._get("crm.lead", "stage_id").id,
            "model": env["ir.model"]._get_id("crm.lead"),
            "customer": env["res.partner"].search([("name", "=", "Customer 1")], limit=1).id,
        }
        for query in WORLD:
            env.cr.execute(query, values)
        env["ir.config_parameter"].search([("key", "=", "crm_core.event_log_start")]).unlink()
        env["crm.lead.event"]._start_log()
        return {"ok": True}

    return _timed(registry, work)


def tell_history(registry, leads):
    """The job over all of it, as the button starts it: at least 10,000 events a second."""

    def work(env):
        past = env["crm.lead.event.past"]
        past._start()
        past._cron_tell()
        state, _progress, events = past._how_far()
        return {"ok": state == "told" and events >= leads * EACH, "events": events}

    found = _timed(registry, work)
    rate = round(found["events"] / found["suite_s"])
    return {**found, "events_a_second": rate, "ok": found["ok"] and rate >= 10_000}


def _timed(registry, work):
    with registry.cursor() as cr:
        start = time.perf_counter()
        answer = work(api.Environment(cr, api.SUPERUSER_ID, {}))
        cr.commit()
        return {"suite_s": round(time.perf_counter() - start, 3), **answer}
