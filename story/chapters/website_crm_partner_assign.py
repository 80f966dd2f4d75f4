"""The reseller: a graded partner with a log-in to the portal and two deals."""

from odoo.fields import Command

from story import cast, records


def tell(env, story):
    gold = env["res.partner.grade"].search([], order="sequence", limit=1)
    Partner = env["res.partner"].with_context(**records.QUIET)
    address = {
        "country_id": env.ref("base.es").id,
        "city": "Valencia",
        "grade_id": gold.id,
        "user_id": records.recall(env, "user", "petra").id,
    }
    house = Partner.create(
        {
            **address,
            "name": cast.RESELLER_COMPANY,
            "is_company": True,
            "is_published": True,
            "website": "https://www.reseller-house.example.com",
            "email": "office@reseller-house.example.com",
        }
    )
    person = next(person for person in story.people if person.role == "reseller")
    contact = Partner.create({**address, "name": person.name, "parent_id": house.id, "email": cast.RESELLER_EMAIL})
    user = (
        env["res.users"]
        .with_context(**records.QUIET)
        .create(
            {
                "partner_id": contact.id,
                "name": person.name,
                "login": person.login,
                "password": person.login,
                "group_ids": [Command.set([env.ref("base.group_portal").id])],
                "tz": "Europe/Madrid",
            }
        )
    )
    records.remember(env, "user", [person.login], user)
    for deal in story.deals:
        if deal.reseller:
            lead = records.recall(env, "deal", deal.key).with_context(**records.QUIET)
            lead.partner_assigned_id = contact
            lead.date_partner_assign = deal.assigned.date()
            lead.message_subscribe(contact.ids)
