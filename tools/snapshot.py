"""What an addon can leave behind in a database, as comparable sets of lines."""

from tools import postgres

QUERIES = {
    "column": """SELECT table_name || '.' || column_name || ' ' || data_type
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "index": "SELECT tablename || ' ' || indexname FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": """SELECT c.relname || ' ' || k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid""",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model || '.' || name FROM ir_model_fields",
    "view": """SELECT concat_ws(' ', v.name, v.model, v.mode, v.active, md5(v.arch_db::text)) FROM ir_ui_view v""",
    "menu": """SELECT concat_ws(' ', m.name->>'en_US', m.active, string_agg(g.name->>'en_US', ', ' ORDER BY g.id))
        FROM ir_ui_menu m LEFT JOIN ir_ui_menu_group_rel r ON r.menu_id = m.id LEFT JOIN res_groups g ON g.id = r.gid
        GROUP BY m.id""",
    "action": "SELECT concat_ws(' ', name->>'en_US', type, binding_model_id) FROM ir_actions",
    "rule": "SELECT concat_ws(' ', name, active, domain_force) FROM ir_rule",
    "access": "SELECT name FROM ir_model_access",
    "group": """SELECT concat_ws(' ', g.name->>'en_US', string_agg(i.name->>'en_US', ', ' ORDER BY i.id))
        FROM res_groups g
        LEFT JOIN res_groups_implied_rel r ON r.gid = g.id LEFT JOIN res_groups i ON i.id = r.hid GROUP BY g.id""",
    "cron": """SELECT concat_ws(' ', s.name->>'en_US', c.active) FROM ir_cron c
        JOIN ir_act_server s ON s.id = c.ir_actions_server_id""",
    "parameter": "SELECT key FROM ir_config_parameter",
    "asset": "SELECT concat_ws(' ', name, bundle, path) FROM ir_asset",
    "default": "SELECT concat_ws(' ', field_id, json_value) FROM ir_default",
    "template": "SELECT name->>'en_US' FROM mail_template",
    "selection": """SELECT concat_ws(' ', f.model, f.name, s.value) FROM ir_model_fields_selection s
        JOIN ir_model_fields f ON f.id = s.field_id""",
}
# Odoo itself makes these on its way, whatever is installed
PASSING = {"parameter": {"base.partially_updated_database", "database.create_date"}}


def take(database):
    """Kind -> sorted lines."""
    server = postgres.server()
    return {
        kind: sorted({str(line) for (line,) in server.query(query, database=database)} - PASSING.get(kind, set()))
        for kind, query in QUERIES.items()
    }


def difference(before, after):
    """Lines `+ kind: what` that came and `- kind: what` that went."""
    lines = []
    for kind in before:
        old, new = set(before[kind]), set(after[kind])
        lines += [f"+ {kind}: {line}" for line in sorted(new - old)]
        lines += [f"- {kind}: {line}" for line in sorted(old - new)]
    return lines
