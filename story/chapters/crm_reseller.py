"""Resellers: partners work on their pipeline, register deals and earn levels; somebody applies to become one."""

from odoo.fields import Command

from story import records

ON = ("portal", "offers", "registrations", "board", "levels", "applications")
# won revenue and deals within a year, weight, what it brings
LEVELS = {
    "Bronze": (0, 0, 1, "<p>Your company in the directory of partners.</p>"),
    "Silver": (5_000, 1, 2, "<p>Leads from your country, and 10 % off list prices.</p>"),
    "Gold": (40_000, 5, 3, "<p>Leads first, 20 % off list prices, and a day of training a year.</p>"),
}
APPLICATION = {
    "name": "Paper Heron Partners",
    "contact_name": "Hedda Demo",
    "email": "hedda@paper-heron.example.com",
    "website": "www.paper-heron.example.com",
    "why": "We plan warehouses for retailers in the north, and our customers ask for planning boards.",
}
COLLEAGUE = {"name": "Rafael Demo", "email": "rafael@reseller-house.example.com", "reseller_role": "user"}
REGISTRATION = {
    "name": "Paper Stork Clinics",
    "contact_name": "Stella Demo",
    "email": "stella@paper-stork.example.com",
    "product": "Multi-site planner",
    "amount": "12500",
}


def tell(env, story):
    env.company.write({f"reseller_{name}": True for name in ON})
    for name, grade in records.by_name(env, "res.partner.grade", LEVELS).items():
        amount, count, weight, benefits = LEVELS[name]
        grade.write(
            {
                "reseller_is_ruled": True,
                "reseller_amount": amount,
                "reseller_count": count,
                "partner_weight": weight,
                "reseller_benefits": benefits,
            }
        )
    env["crm.reseller.application"]._take_in(env.company, APPLICATION, [], "127.0.0.1")


def register(env):
    """Told last: the reseller is at the beginning of the programme, registers a deal, and has a colleague."""
    user = records.recall(env, "user", "reseller")
    house = user.partner_id.commercial_partner_id
    user.partner_id.reseller_role = "manager"
    _join(env, house)
    (house | user.partner_id).grade_id = records.by_name(env, "res.partner.grade", ["Bronze"])["Bronze"]
    env["crm.deal.registration"]._take_in(house, user, env.company, REGISTRATION)


def _join(env, house):
    colleague = env["res.partner"].create({**COLLEAGUE, "parent_id": house.id})
    portal = [Command.set([env.ref("base.group_portal").id])]
    vals = {"partner_id": colleague.id, "login": COLLEAGUE["email"], "group_ids": portal}
    env["res.users"].with_context(**records.QUIET).create(vals)
