"""What stands in the tables where a person assigns leads, to be compared with what sharing out wrote."""

import json

from odoo.tools import SQL

# differ from time to time, or from message to message
VARIABLE = {
    "crm_lead": ("write_date", "date_open", "date_conversion"),
    "mail_message": ("id", "date", "create_date", "write_date", "message_id"),
    "mail_tracking_value": ("id", "mail_message_id", "create_date", "write_date"),
    "mail_followers": ("id",),
    "crm_lead_event": ("id", "moment", "recorded", "xact"),
}
ROWS = {
    "crm_lead": "SELECT id AS lead, to_jsonb(t) AS told FROM crm_lead t WHERE id = ANY(%s)",
    "mail_message": "SELECT res_id AS lead, to_jsonb(t) AS told FROM mail_message t"
    " WHERE model = 'crm.lead' AND res_id = ANY(%s)",
    "mail_tracking_value": "SELECT m.res_id AS lead, to_jsonb(t) AS told FROM mail_tracking_value t"
    " JOIN mail_message m ON m.id = t.mail_message_id WHERE m.model = 'crm.lead' AND m.res_id = ANY(%s)",
    "mail_followers": "SELECT res_id AS lead, to_jsonb(t) || jsonb_build_object('subtypes', (SELECT"
    " jsonb_agg(mail_message_subtype_id ORDER BY mail_message_subtype_id) FROM mail_followers_mail_message_subtype_rel"
    " WHERE mail_followers_id = t.id)) AS told FROM mail_followers t WHERE res_model = 'crm.lead' AND res_id = ANY(%s)",
    "crm_lead_event": "SELECT lead_id AS lead, to_jsonb(t) AS told FROM crm_lead_event t"
    " WHERE kind <> 'assigned' AND lead_id = ANY(%s)",
}
FORGET = (
    "DELETE FROM mail_message WHERE model = 'crm.lead' AND res_id = ANY(%s)",
    "DELETE FROM mail_followers WHERE res_model = 'crm.lead' AND res_id = ANY(%s)",
    "DELETE FROM crm_lead_event WHERE lead_id = ANY(%s)",
)


def remember(cr, number):
    """{lead: its row} of so many leads, all over the range."""
    cr.execute("SELECT array_agg(id ORDER BY id) FROM crm_lead WHERE starts_with(name, 'Bench ')")
    ids = cr.fetchone()[0]
    step = max(len(ids) // number, 1) | 1  # odd, so that leads with and without team are among them
    return {row["lead"]: row["told"] for row in _rows(cr, "crm_lead", ids[::step][:number])}


def unlike(env, before):
    """Names of tables, with the first difference, where a tracked write leaves other rows than are there.

    The leads are put back as they were and written anew, in a transaction that is rolled back.

    :param dict before: see `remember`
    """
    ids = list(before)
    found = {table: _told(env.cr, table, ids) for table in ROWS}
    owners = {lead.id: (lead.team_id.id, lead.user_id.id) for lead in env["crm.lead"].browse(ids)}
    env.invalidate_all()
    _put_back(env.cr, before)
    for lead in env["crm.lead"].browse(ids).with_context(mail_auto_subscribe_no_notify=True):
        team_id, user_id = owners[lead.id]
        vals = lead._convert_opportunity_data(lead.partner_id, team_id) if lead.type == "lead" else {}
        lead.write({**vals, "team_id": team_id, "user_id": user_id})
    env.cr.flush()
    written = {table: _told(env.cr, table, ids) for table in ROWS}
    env.cr.rollback()
    return {table: _first_difference(found[table], written[table]) for table in ROWS if found[table] != written[table]}


def _put_back(cr, before):
    for query in FORGET:
        cr.execute(query, [list(before)])
    names = SQL(", ").join(SQL.identifier(name) for name in next(iter(before.values())) if name != "id")
    cr.execute(
        SQL(
            "UPDATE crm_lead SET (%s) = (SELECT %s FROM jsonb_populate_record(NULL::crm_lead, known))"
            " FROM jsonb_array_elements(%s::jsonb) known WHERE crm_lead.id = (known->>'id')::int",
            names,
            names,
            json.dumps(list(before.values())),
        )
    )


def _told(cr, table, ids):
    """(lead, row) of all rows, in an order that does not depend on ids; of what varies only whether it is there."""
    told = []
    for row in _rows(cr, table, ids):
        values = {
            name: value is not None if name in VARIABLE[table] else value for name, value in sorted(row["told"].items())
        }
        told.append((row["lead"], json.dumps(values)))
    return sorted(told)


def _rows(cr, table, ids):
    cr.execute(ROWS[table], [ids])
    return cr.dictfetchall()


def _first_difference(found, written):
    if len(found) != len(written):
        return f"{len(found)} rows, by hand {len(written)}"
    (lead, ours), (_lead, theirs) = next(
        (one, other) for one, other in zip(found, written, strict=True) if one != other
    )
    ours, theirs = json.loads(ours), json.loads(theirs)
    return {"lead": lead, **{name: [ours.get(name), theirs[name]] for name in theirs if ours.get(name) != theirs[name]}}
