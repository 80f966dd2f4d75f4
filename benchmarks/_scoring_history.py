"""Inside an Odoo process: a loaded history's last closed leads made open again, and scored by one of two engines."""

import resource
import time

LAST = 0.3
PARTS = (0.05, 0.1, 0.3, 1.0)


def _env(cr):
    from odoo import SUPERUSER_ID, api

    return api.Environment(cr, SUPERUSER_ID, {})


def reopen_last(registry):
    """:return: {"closed": how many are left to learn from, "won": {lead: how it ended}}"""
    with registry.cursor() as cr:
        cr.execute("SELECT id, won_status = 'won' FROM crm_lead WHERE won_status != 'pending' ORDER BY create_date, id")
        closed = cr.fetchall()
        cut = int(len(closed) * (1 - LAST))
        first = _env(cr)["crm.stage"].search([("team_ids", "=", False), ("is_won", "=", False)], limit=1)
        cr.execute(
            "UPDATE crm_lead SET active = true, stage_id = %s, won_status = 'pending', probability = 0,"
            " automated_probability = 0, date_closed = NULL, lost_reason_id = NULL WHERE id = ANY(%s)",
            [first.id, [lead for lead, _won in closed[cut:]]],
        )
        return {"closed": cut, "won": {str(lead): won for lead, won in closed[cut:]}}


def score(registry, side, known):
    before = _mb()
    with registry.cursor() as cr:
        env = _env(cr)
        if side == "suite":
            env["res.company"].search([]).crm_scoring_engine = "suite"
            cr.commit()
        start = time.perf_counter()
        env["crm.lead"]._cron_update_automated_probabilities()
        cr.commit()
        seconds = round(time.perf_counter() - start, 2)
    with registry.cursor() as cr:
        return {"seconds": seconds, "mb": _mb(), "grown_mb": _mb() - before, **_quality(cr, known), **_state(cr)}


def _quality(cr, known):
    import numpy as np

    from odoo.addons.crm_lead_scoring.ml import measures

    ids = [int(lead) for lead in known["won"]]
    cr.execute("SELECT id, automated_probability FROM crm_lead WHERE id = ANY(%s)", [ids])
    said = dict(cr.fetchall())
    won = np.array([known["won"][str(lead)] for lead in ids])
    chance = np.array([said[lead] for lead in ids], float) / 100
    cr.execute("SELECT avg((won_status = 'won')::int::float8) FROM crm_lead WHERE won_status != 'pending'")
    base = cr.fetchone()[0]
    return {
        "scored": int(((chance > 0) & (chance < 1)).sum()),
        "auc": round(measures.auc(won, chance), 4),
        "logloss": round(measures.log_loss(won, chance), 4),
        "brier": round(measures.brier(won, chance), 4),
        "ece": round(measures.calibration_error(won, chance), 4),
        "base_rate_logloss": round(measures.log_loss(won, np.full(len(won), base)), 4),
    }


def _state(cr):
    version = _env(cr)["crm.scoring.model"].search([("state", "=", "live")], limit=1)
    return {"state": version.verdict or "", "chosen": (version.facts or {}).get("chosen", "")}


def learning_curve(registry, known):
    """Log-loss on the reopened leads, learned from the newest part of the history only."""
    import numpy as np

    from odoo.addons.crm_lead_scoring.ml import measures
    from odoo.addons.crm_lead_scoring.ml.learn import learn

    with registry.cursor() as cr:
        env = _env(cr)
        leads, company = env["crm.lead"], env["res.company"].browse(env["res.company"]._main_company_id())
        features = leads._score_features(company)
        history = leads._score_history(company, features)
        table = leads._score_table([int(lead) for lead in known["won"]], features)
        won = np.array([known["won"][str(lead)] for lead in table.lead])
        found = {}
        for part in PARTS:
            rows = np.arange(len(history) - int(len(history) * part), len(history))
            learned = learn(history.take(rows))
            chance = learned.scorer.chance(table)
            found[f"{part:.0%}"] = {"logloss": round(measures.log_loss(won, chance), 4), "state": learned.state}
        return found


def _mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
