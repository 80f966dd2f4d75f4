"""What salespeople do with leads, as the web client asks for it: one request and one transaction each."""

import time

from odoo import api, sql_db

NAME = "Bench lead"
_known = {}  # what is looked up once a process


def creating(registry, chunk):
    def create(env, number):
        env["crm.lead"].web_save(_new_values(env, number), _form(env))

    return _timed(registry, chunk, create)


def creating_in_bulk(registry, chunk):
    """One call for the whole chunk, as an import does."""

    def create(env, _number):
        env["crm.lead"].create([{**_new_values(env, number), "name": f"Bulk {number}"} for number in chunk])

    return _timed(registry, [chunk[0]], create)


def editing(registry, chunk):
    def edit(env, number):
        values = {"expected_revenue": 500 + number, "phone": f"+32 2 290 {number % 10000:04}", "priority": "2"}
        _lead(env, number).web_save(values, _form(env))

    return _timed(registry, chunk, edit)


def moving(registry, chunk):
    def move(env, number):
        _lead(env, number).web_save({"stage_id": env.ref("crm.stage_lead2").id}, _form(env))

    return _timed(registry, chunk, move)


def writing_to(registry, chunk):
    def write(env, number):
        lead = _lead(env, number).with_context(mail_notify_force_send=False)
        lead.message_post(
            body=f"About your request {number}", partner_ids=lead.partner_id.ids, message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )  # fmt: skip

    return _timed(registry, chunk, write)


def finishing_an_activity(registry, chunk):
    with registry.cursor() as cr:
        for number in chunk:
            env = _env(cr, number)
            _lead(env, number).activity_schedule("mail.mail_activity_data_call", user_id=env.uid)

    def finish(env, number):
        _lead(env, number).activity_ids.action_feedback(feedback="Reached them")

    return _timed(registry, chunk, finish)


def winning(registry, chunk):
    def win(env, number):
        _lead(env, number).action_set_won_rainbowman()

    return _timed(registry, chunk, win)


def warm_up(registry):
    """Each step once, on a lead that goes away again: what a server loads once is no part of the measurement."""
    number = 1_000_000
    for step in (creating, editing, moving, writing_to, finishing_an_activity, winning):
        step(registry, [number])
    with registry.cursor() as cr:
        _lead(api.Environment(cr, api.SUPERUSER_ID, {}), number).unlink()


def switch_attention_on(registry):
    """As in the settings, but for the job over what is there: it is no part of the work."""
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        env["ir.config_parameter"].set_param("crm_core.attention", "True")
        env["crm.team"].search([]).write({"response_hours": 4, "quiet_days": 10})


def loaded(registry):
    """The addons that this process runs with: a side has to be what it is called."""
    return sorted(registry._init_modules)


def outcome(registry):
    """What is there after all that, to be compared with what should be."""
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {"active_test": False})
        leads = env["crm.lead"].search([("name", "=like", f"{NAME} %")])
        messages = [("model", "=", "crm.lead"), ("res_id", "in", leads.ids)]
        return {
            "created": len(leads),
            "bulk": env["crm.lead"].search_count([("name", "=like", "Bulk %")]),
            "edited": sum(lead.expected_revenue == 500 + _number(lead) and lead.priority == "2" for lead in leads),
            "moved": env["mail.tracking.value"].search_count(
                [("mail_message_id.model", "=", "crm.lead"), ("mail_message_id.res_id", "in", leads.ids),
                 ("field_id.name", "=", "stage_id"), ("new_value_char", "=", env.ref("crm.stage_lead2").name)]
            ),
            "won": sum(lead.won_status == "won" and bool(lead.date_closed) for lead in leads),
            "written": env["mail.message"].search_count([*messages, ("body", "like", "About your request")]),
            "mails": env["mail.mail"].search_count([*messages, ("body", "like", "About your request")]),
            "finished": env["mail.message"].search_count([*messages, ("mail_activity_type_id", "!=", False)]),
            "activities_left": env["mail.activity"].search_count(
                [("res_model", "=", "crm.lead"), ("res_id", "in", leads.ids), ("active", "=", True)]
            ),
        }  # fmt: skip


def _timed(registry, chunk, work):
    queries, start = sql_db.sql_counter, time.perf_counter()
    for number in chunk:
        with registry.cursor() as cr:
            work(_env(cr, number), number)
    return {"seconds": time.perf_counter() - start, "queries": sql_db.sql_counter - queries}


def _form(env):
    """All that this side's own form asks back after saving, so that what an addon adds to the form counts too."""
    if "form" not in _known:
        lead = env["crm.lead"]
        names = lead.get_view(env.ref("crm.crm_lead_view_form").id, "form")["models"]["crm.lead"]
        readable = lead.fields_get(list(names), attributes=["type"])
        _known["form"] = {name: _asked(lead._fields[name]) for name in readable}
    return _known["form"]


def _asked(field):
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    return {"fields": {}} if field.relational else {}


def _env(cr, number):
    people = _ids(cr, "SELECT id FROM res_users WHERE login LIKE %s ORDER BY login", "sales_")
    return api.Environment(cr, people[number % len(people)], {"lang": "en_US", "tz": "UTC"})


def _ids(cr, query, value):
    """Looked up once a process: it is no part of the work."""
    if (query, value) not in _known:
        cr.execute(query, [value])
        _known[query, value] = [row[0] for row in cr.fetchall()]
    return _known[query, value]


def _new_values(env, number):
    partners = _ids(env.cr, "SELECT id FROM res_partner WHERE name LIKE %s ORDER BY id", "Customer %")
    return {
        "name": f"{NAME} {number}", "partner_id": partners[number % len(partners)], "type": "opportunity",
        "expected_revenue": 100 + number, "user_id": env.uid,
    }  # fmt: skip


def _lead(env, number):
    """The lead with this number; leads are made in this order."""
    (lead_id,) = _ids(env.cr, "SELECT id FROM crm_lead WHERE name = %s", f"{NAME} {number}")
    return env["crm.lead"].browse(lead_id)


def _number(lead):
    return int(lead.name.removeprefix(NAME))
