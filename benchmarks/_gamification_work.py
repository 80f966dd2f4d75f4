"""Inside an Odoo process: people, deals and challenges, and refreshing all goals."""

import time

PEOPLE = "bench_player"
DEALS = """
INSERT INTO crm_lead (name, type, active, user_id, team_id, stage_id, company_id, create_date, write_date, create_uid,
                      date_closed, date_open, won_status, probability, automated_probability, expected_revenue,
                      date_last_stage_update, phone_state, email_state)
SELECT 'Bench', 'opportunity', TRUE, (%(users)s::int[])[1 + n %% cardinality(%(users)s::int[])], %(team)s, %(won)s, 1,
       day - interval '20 days', day, 1, day, day - interval '20 days', 'won', 100, 100, 100 + n %% 900, day,
       'correct', 'correct'
  FROM (SELECT n, date_trunc('second', now() AT TIME ZONE 'UTC')
                  - (n * interval '1825 days' / GREATEST(%(size)s, 1)) * %(is_past)s AS day
          FROM generate_series(1, %(size)s) n) drawn
 ORDER BY n
RETURNING id
"""


def _env(cr):
    from odoo import api

    return api.Environment(cr, 1, {"no_reset_password": True, "tracking_disable": True, "mail_notrack": True})


def _settle(cr):
    connection = cr._cnx
    connection.autocommit = True
    cr.execute("VACUUM ANALYZE")
    connection.autocommit = False


def _players(env):
    return env["res.users"].search([("login", "=like", f"{PEOPLE}%")], order="id")


def people(registry, count):
    """So many salespeople of one team, all of them online."""
    with registry.cursor() as cr:
        env = _env(cr)
        group = env.ref("sales_team.group_sale_salesman")
        env["res.users"].create(
            [{"name": f"Player {n}", "login": f"{PEOPLE}{n}", "group_ids": [(4, group.id)]} for n in range(count)]
        )
        env.flush_all()
        cr.execute(
            "INSERT INTO mail_presence (user_id, last_poll, last_presence, status)"
            " SELECT id, now(), now() + interval '1 day', 'online' FROM res_users WHERE login LIKE %s",
            [f"{PEOPLE}%"],
        )
        cr.commit()
    return True


def _insert(cr, env, size, is_past):
    cr.execute(
        DEALS,
        {
            "size": size,
            "is_past": int(is_past),
            "users": _players(env).ids,
            "team": env["crm.team"].search([], limit=1).id,
            "won": env["crm.stage"].search([("is_won", "=", True)], limit=1).id,
        },
    )
    return [row[0] for row in cr.fetchall()]


def fill(registry, size):
    with registry.cursor() as cr:
        _insert(cr, _env(cr), size, is_past=True)
        cr.commit()
        _settle(cr)
    return True


def keep(registry):
    """Seconds until the ledger has counted all deals, as its job does it."""
    with registry.cursor() as cr:
        env = _env(cr)
        env["res.company"].search([]).write({"game_duplicate": 0})
        env["ir.config_parameter"].set_param("crm_gamification.ledger", True)
        cr.execute("SELECT id FROM crm_lead ORDER BY id DESC")
        ids = [row[0] for row in cr.fetchall()]
        start = time.perf_counter()
        for place in range(0, len(ids), 2_000):
            env["crm.game.entry"]._count(ids[place : place + 2_000])
            cr.commit()
        took = round(time.perf_counter() - start, 1)
        _settle(cr)
    return took


def _definitions(env):
    """Deals and money won: by the ledger where there is one, otherwise as stock's definitions count leads."""
    if "crm.game.entry" in env:
        return [env.ref(f"crm_gamification.definition_game_{name}") for name in ("won", "money")]
    field = env["ir.model.fields"]._get
    vals = {
        "model_id": env["ir.model"]._get_id("crm.lead"),
        "field_date_id": field("crm.lead", "date_closed").id,
        "domain": "[('won_status', '=', 'won')]",
        "batch_mode": True,
        "batch_distinctive_field": field("crm.lead", "user_id").id,
        "batch_user_expression": "user.id",
    }
    return env["gamification.goal.definition"].create(
        [
            {**vals, "name": "Deals", "computation_mode": "count"},
            {
                **vals,
                "name": "Money",
                "computation_mode": "sum",
                "field_id": field("crm.lead", "expected_revenue").id,
            },
        ]
    )


def begin(registry, count):
    with registry.cursor() as cr:
        env = _env(cr)
        definitions = _definitions(env)
        env["gamification.challenge"].search([("state", "=", "inprogress")]).write({"state": "done"})
        challenges = env["gamification.challenge"].create(
            [
                {
                    "name": f"Bench {n}",
                    "period": "monthly",
                    "user_domain": False,
                    "user_ids": [(6, 0, _players(env).ids)],
                    "line_ids": [(0, 0, {"definition_id": definitions[n % 2].id, "target_goal": 1_000_000})],
                }
                for n in range(count)
            ]
        )
        challenges.action_start()
        cr.commit()
        _settle(cr)
    return True


def win(registry):
    """Everybody wins one more deal, out of the measured time."""
    with registry.cursor() as cr:
        env = _env(cr)
        ids = _insert(cr, env, len(_players(env)), is_past=False)
        if "crm.game.entry" in env:
            env["crm.game.entry"]._count(ids)
        cr.execute("UPDATE mail_presence SET last_presence = now() + interval '1 day'")
        cr.commit()
    return True


def refresh(registry):
    """The nightly job over these challenges; whether the first person's figures are right afterwards."""
    with registry.cursor() as cr:
        env = _env(cr)
        challenges = env["gamification.challenge"].search([("name", "=like", "Bench %"), ("state", "=", "inprogress")])
        queries, start = cr.sql_log_count, time.perf_counter()
        challenges._cron_update(ids=challenges.ids, commit=False)
        env.flush_all()
        took, queries = time.perf_counter() - start, cr.sql_log_count - queries
        cr.commit()
        cr.execute(
            "SELECT count(*), sum(expected_revenue) FROM crm_lead WHERE user_id = %s AND won_status = 'won'"
            " AND date_closed >= date_trunc('month', now() AT TIME ZONE 'UTC')",
            [_players(env)[0].id],
        )
        expected = sorted(float(value) for value in cr.fetchone())
        goals = env["gamification.goal"].search([("challenge_id", "in", challenges.ids)])
        found = {goal.current for goal in goals if goal.user_id == _players(env)[0]}
    return {
        "seconds": round(took, 3),
        "queries": queries,
        "goals": len(goals),
        "right": sorted(found) == expected,
    }


def win_queries(registry):
    """How many queries more winning a deal asks for with the ledger than without."""
    asked = {}
    with registry.cursor() as cr:
        env = _env(cr)
        won = env["crm.stage"].search([("is_won", "=", True)], limit=1)
        for is_on in (False, True):
            env["ir.config_parameter"].set_param("crm_gamification.ledger", is_on)
            for _turn in range(3):
                lead = env["crm.lead"].create({"name": "Bench", "type": "opportunity", "user_id": _players(env)[0].id})
                cr.precommit.run()
                env.flush_all()
                before = cr.sql_log_count
                lead.stage_id = won
                cr.precommit.run()
                asked[is_on] = cr.sql_log_count - before
        cr.rollback()
    return asked[True] - asked[False]
