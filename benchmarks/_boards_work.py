"""Inside an Odoo process: a challenge whose board many people have open, and deals that are won."""

import time

from benchmarks._gamification_work import _env, _insert, _players, _settle, fill, keep, people

LIVE = "crm_gamification.live"


def prepare(registry, users, size):
    """Everybody takes part in one challenge with a board. Returns its id."""
    people(registry, users)
    fill(registry, size)
    keep(registry)
    with registry.cursor() as cr:
        env = _env(cr)
        env["ir.config_parameter"].set_param(LIVE, True)
        line = {"definition_id": env.ref("crm_gamification.definition_game_won").id, "target_goal": 100}
        challenge = env["gamification.challenge"].create(
            {
                "name": "Most deals",
                "period": "monthly",
                "visibility_mode": "ranking",
                "user_domain": False,
                "user_ids": [(6, 0, _players(env).ids)],
                "line_ids": [(0, 0, line)],
            }
        )
        challenge.action_start()
        _insert(cr, env, users, is_past=False)
        cr.commit()
        _settle(cr)
        return challenge.id


def log_in(registry, count):
    """(session ids of so many people, the version of the bus), without asking a password of each."""
    from odoo.http import get_default_session, root
    from odoo.service import security

    from odoo.addons.bus.websocket import WebsocketConnectionHandler

    found = []
    with registry.cursor() as cr:
        env = _env(cr)
        for user in _players(env)[:count]:
            session = root.session_store.new()
            session.update(get_default_session(), db=registry.db_name)
            session.uid, session.login = user.id, user.login
            session.session_token = security.compute_session_token(session, env(user=user.id))
            session.context = dict(env(user=user.id)["res.users"].context_get())
            root.session_store.save(session)
            found.append(session.sid)
    return found, WebsocketConnectionHandler._VERSION


def win(registry):
    """The first of the players wins a deal. Returns the moment right before it is committed (time.monotonic)."""
    with registry.cursor() as cr:
        env = _env(cr)
        lead = env["crm.lead"].create({"name": "Bench", "type": "opportunity", "user_id": _players(env)[0].id})
        cr.commit()
        lead.stage_id = env["crm.stage"].search([("is_won", "=", True)], limit=1)
        env.flush_all()
        began = time.monotonic()
        cr.commit()
    return began
