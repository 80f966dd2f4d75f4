from odoo.tools import SQL

# Plain columns, there before the fields are: installing takes as long on a million leads as on ten.
LEAD_COLUMNS = {
    "rule_score": "int4",
    "win_score": "float8",
    "win_score_band": "varchar",
    "win_score_state": "varchar",
    "win_score_at": "timestamp",
}


def pre_init_hook(env):
    for name, sql_type in LEAD_COLUMNS.items():
        env.cr.execute(SQL("ALTER TABLE crm_lead ADD COLUMN IF NOT EXISTS %s %s", SQL.identifier(name), SQL(sql_type)))


def uninstall_hook(env):
    env["ir.config_parameter"].search([("key", "=like", "crm_lead_scoring.%")]).unlink()
    env["crm.lead.event.mark"].search([("name", "=like", "crm_lead_scoring.%")]).unlink()
