"""Read by an Odoo shell: partners with a log-in each and their opportunities, in a database of stock addons."""

import os

size, partners = int(os.environ["PORTAL_LEADS"]), int(os.environ["PORTAL_PARTNERS"])
quiet = env(context={**env.context, "no_reset_password": True, "tracking_disable": True})  # noqa: F821
grade = quiet["res.partner.grade"].create({"name": "Bench", "partner_weight": 1})
companies = quiet["res.partner"].create(
    [{"name": f"Partner {n}", "is_company": True, "grade_id": grade.id} for n in range(partners)]
)
people = quiet["res.partner"].create(
    [
        {"name": f"Person {n}", "email": f"partner{n}@example.com", "parent_id": company.id}
        for n, company in enumerate(companies)
    ]
)
portal = env.ref("base.group_portal")  # noqa: F821
users = quiet["res.users"].create(
    [
        {"partner_id": person.id, "login": f"partner{n}", "group_ids": [(6, 0, portal.ids)]}
        for n, person in enumerate(people)
    ]
)
users[0].password = "partner"
env.flush_all()  # noqa: F821
cr = env.cr  # noqa: F821
cr.execute(
    "UPDATE res_users SET password = known.password FROM res_users known"
    " WHERE known.id = %s AND res_users.id = ANY(%s)",
    [users[0].id, users.ids],
)
cr.execute(
    """
    INSERT INTO crm_lead (name, type, active, stage_id, team_id, company_id, create_date, write_date, date_open,
                          partner_assigned_id, date_partner_assign, partner_name, contact_name, email_from, priority,
                          won_status, probability, automated_probability, date_last_stage_update, date_deadline,
                          expected_revenue, prorated_revenue, phone_state, email_state)
    SELECT 'Bench ' || n, 'opportunity', TRUE, (%(stages)s::int[])[1 + n %% cardinality(%(stages)s::int[])], %(team)s,
           1, day, day, day, (%(people)s::int[])[1 + n %% cardinality(%(people)s::int[])], day::date,
           'Customer ' || n, 'Contact ' || n, 'buyer' || n || '@example.com', (n %% 3)::text, 'pending', 20, 20, day,
           (day + interval '60 days')::date, 1000 + n %% 9000, (1000 + n %% 9000) * 0.2, 'correct', 'correct'
      FROM (SELECT n, now() AT TIME ZONE 'UTC' - (n %% 700) * interval '1 day' AS day
              FROM generate_series(1, %(size)s) n) told
    """,
    {
        "size": size,
        "stages": env["crm.stage"].search([("is_won", "=", False)]).ids,  # noqa: F821
        "team": env["crm.team"].search([], limit=1).id,  # noqa: F821
        "people": people.ids,
    },
)
cr.commit()
cr._cnx.autocommit = True
cr.execute("VACUUM ANALYZE")
