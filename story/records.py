"""For the chapters: records found again by name, and columns set for many rows at once."""

import json

from odoo.tools import SQL

MODULE = "demo_story"
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
    "no_reset_password": True,
}


def remember(env, kind, keys, records):
    """Name the records `demo_story.<kind>_<key>`, so that later chapters and tests find them."""
    env["ir.model.data"]._update_xmlids(
        [
            {"xml_id": f"{MODULE}.{kind}_{key}", "record": record, "noupdate": True}
            for key, record in zip(keys, records, strict=True)
        ]
    )
    return records


def recall(env, kind, key):
    return env.ref(f"{MODULE}.{kind}_{key}")


def by_name(env, model, names):
    """Records of these names, in a dict; what does not exist is made."""
    Model = env[model].with_context(lang="en_US", active_test=False)
    found = {record.name: record for record in Model.search([("name", "in", list(names))], order="id desc")}
    missing = [name for name in dict.fromkeys(names) if name not in found]
    found.update(zip(missing, Model.create([{"name": name} for name in missing]), strict=True))
    return found


def set_columns(env, table, types, rows):
    """Set columns straight in the table: `types` column -> SQL type, `rows` dicts with `id` and all the columns."""
    env.flush_all()
    assignments = SQL(", ").join(SQL("%s = rows.%s", SQL.identifier(name), SQL.identifier(name)) for name in types)
    columns = SQL(", ").join(SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in types.items())
    update = SQL(
        "UPDATE %s AS target SET %s FROM jsonb_to_recordset(%s::jsonb) AS rows(id int, %s) WHERE target.id = rows.id",
        SQL.identifier(table),
        assignments,
        json.dumps(rows, default=str),
        columns,
    )
    env.cr.execute(update)
    env.invalidate_all()


def recompute(records, *names):
    """Compute stored fields anew after their ground was changed in SQL."""
    for name in names:
        records.env.add_to_compute(records._fields[name], records)
    records.flush_recordset()
