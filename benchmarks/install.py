"""How long installing crm_core takes on a database that already holds a million leads: at most a minute.

No lead may be rewritten by it: `ok` says that every `write_date` is what it was. `--size` asks
for another number of leads.
"""

import contextlib
import os
import re
import subprocess
import time

from tools import databases, odoo, postgres
from tools.base import Trouble, run_dir, say

SIZE = 1_000_000
SECONDS = 60
ADDON, NAME = "crm_core", f"bench_install_{os.getpid()}"
WRITTEN = "2024-06-01 08:00:00"
LEADS = """
    INSERT INTO crm_lead (
        name, type, active, stage_id, probability, automated_probability, won_status, expected_revenue,
        prorated_revenue, partner_name, contact_name, email_from, email_normalized, email_domain_criterion, website,
        country_id, user_id, team_id, company_id, priority, create_uid, write_uid, create_date, write_date,
        date_last_stage_update, date_closed
    )
    SELECT 'Lead ' || n, 'opportunity', n %% 5 <> 0, CASE WHEN n %% 4 = 0 AND n %% 5 <> 0 THEN won ELSE open END,
        CASE WHEN n %% 5 = 0 THEN 0 WHEN n %% 4 = 0 THEN 100 ELSE 20 END, 20,
        CASE WHEN n %% 5 = 0 THEN 'lost' WHEN n %% 4 = 0 THEN 'won' ELSE 'pending' END, n %% 1000, n %% 200,
        'Company ' || n %% 50000, 'Person ' || n, 'p' || n || '@company' || n %% 50000 || '.example.com',
        'p' || n || '@company' || n %% 50000 || '.example.com', '@company' || n %% 50000 || '.example.com',
        CASE WHEN n %% 2 = 0 THEN 'http://company' || n %% 50000 || '.example.com' END,
        1 + n %% 200, 2, team, 1, '1', 1, 1, %(written)s::timestamp - n * interval '1 minute', %(written)s,
        %(written)s::timestamp - n * interval '1 minute',
        CASE WHEN n %% 5 = 0 OR n %% 4 = 0 THEN %(written)s::timestamp END
    FROM generate_series(1, %(size)s) AS n,
        (SELECT min(id) FILTER (WHERE is_won) AS won, min(id) FILTER (WHERE is_won IS NOT TRUE) AS open
         FROM crm_stage) AS stages,
        (SELECT min(id) AS team FROM crm_team) AS teams
"""


def measure(options):
    size = options.size or SIZE
    say(f"making a database with {size:,} leads")
    databases.clone(databases.template(["crm"]), NAME)
    try:
        fill(NAME, size)
        seconds, megabytes, queries = _install()
        untouched = _count("write_date = %s", WRITTEN)
        installed = _is_installed()
    finally:
        databases.drop(NAME)
    yield {
        "bench": "install", "addon": ADDON, "size": size, "suite_s": round(seconds, 2), "suite_mb": megabytes,
        "queries": queries, "changed": size - untouched, "within": seconds <= SECONDS,
        "ok": installed and untouched == size and seconds <= SECONDS,
    }  # fmt: skip


def fill(database, size):
    """Put leads in by SQL, with indexes and foreign keys off meanwhile; then let PostgreSQL know its tables."""
    from psycopg2 import sql  # in the virtual environment only

    with contextlib.closing(postgres.server().connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'crm_lead'::regclass AND contype = 'f'"
        )
        keys = cursor.fetchall()
        cursor.execute(
            "SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE indrelid = 'crm_lead'::regclass AND NOT indisprimary"
        )
        indexes = cursor.fetchall()
        for name, _definition in keys:
            cursor.execute(sql.SQL("ALTER TABLE crm_lead DROP CONSTRAINT {}").format(sql.Identifier(name)))
        for name, _definition in indexes:
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        cursor.execute(LEADS, {"written": WRITTEN, "size": size})
        for _name, definition in indexes:
            cursor.execute(definition)
        for name, definition in keys:
            cursor.execute(
                sql.SQL("ALTER TABLE crm_lead ADD CONSTRAINT {} {}").format(sql.Identifier(name), sql.SQL(definition))
            )
        cursor.execute("VACUUM ANALYZE crm_lead")


def _install():
    """(seconds, peak memory in MB, queries of our addons) of `-i crm_core`, Odoo's own start included."""
    log = run_dir() / "logs" / f"{NAME}.log"
    log.parent.mkdir(exist_ok=True)
    command = odoo.command("-d", NAME, "-i", ADDON, "--stop-after-init", "--no-http")
    environment = odoo.environment()
    start = time.perf_counter()
    with open(log, "w") as output:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    text = log.read_text(errors="replace")
    if process.returncode or " CRITICAL " in text or " ERROR " in text:
        raise Trouble(f"{ADDON} could not be installed (log: {log}).")
    return seconds, usage.ru_maxrss // 1024, _queries(text)


def _queries(log):
    """What Odoo says that loading each of the suite's addons took."""
    said = re.findall(r"Module (\w+) loaded in [\d.]+s, (\d+) queries", log)
    return sum(int(count) for addon, count in said if addon in databases.own_addons())


def _is_installed():
    rows = postgres.server().query("SELECT state FROM ir_module_module WHERE name = %s", (ADDON,), NAME)
    return rows == [("installed",)]


def _count(condition, *values):
    return postgres.server().query(f"SELECT count(*) FROM crm_lead WHERE {condition}", values, NAME)[0][0]
