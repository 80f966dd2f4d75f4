"""Inside an Odoo process: leads and resellers all over the globe, offers made in batches, and some of them mailed."""

import random
import time

from odoo import SUPERUSER_ID, api

PARTNERS = 500
BATCH = 1_000
MAILS = 500
SECONDS = 60


def _env(cr):
    return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})


def make_world(registry, size):
    """Half of the partners take at most as many leads as come to each on average."""
    chance = random.Random(7)
    with registry.cursor() as cr:
        env = _env(cr)
        env.company.reseller_offers = True
        countries = env["res.country"].search([], limit=40).ids
        grade = env["res.partner.grade"].create({"name": "Bench", "partner_weight": 1})

        def somewhere(number):
            return {
                "country_id": countries[number % 40],
                "partner_latitude": chance.uniform(-60, 60),
                "partner_longitude": chance.uniform(-180, 180),
            }

        env["res.partner"].create(
            [
                {
                    "name": f"Bench partner {number}",
                    "email": f"partner{number}@example.com",
                    "grade_id": grade.id,
                    "reseller_capacity": size // PARTNERS if number % 2 else 0,
                    **somewhere(number),
                }
                for number in range(PARTNERS)
            ]
        )
        env["crm.lead"].create(
            [
                {"name": f"Bench {number}", "user_id": False, "company_id": env.company.id, **somewhere(number)}
                for number in range(size)
            ]
        )


def offer(registry):
    queries, offers = [], 0
    start = time.perf_counter()
    with registry.cursor() as cr:
        env = _env(cr)
        leads = env["crm.lead"].search([("name", "=like", "Bench %")], order="id")
        for first in range(0, len(leads), BATCH):
            before = cr.sql_log_count
            made, _left_out = leads[first : first + BATCH]._make_offers(env.company, is_sending=False)
            offers += len(made)
            env.flush_all()
            cr.commit()
            env.invalidate_all()
            queries.append(cr.sql_log_count - before)
    seconds = round(time.perf_counter() - start, 1)
    return {
        "suite_s": seconds,
        "queries": sum(queries),
        "within": seconds <= SECONDS,
        "ok": offers == len(leads) and queries[-1] <= queries[0],
        "partners": PARTNERS,
        "queries_first_batch": queries[0],
        "queries_last_batch": queries[-1],
    }


def send(registry):
    """Mails are rendered one by one by Odoo: the job sends them afterwards."""
    with registry.cursor() as cr:
        env = _env(cr)
        drafts = env["crm.lead.offer"].search([("state", "=", "draft")], limit=MAILS, order="id")
        start = time.perf_counter()
        drafts._send()
        env.flush_all()
        cr.commit()
        seconds = round(time.perf_counter() - start, 1)
        return {"suite_s": seconds, "mails": len(drafts), "ok": set(drafts.mapped("state")) == {"sent"}}
