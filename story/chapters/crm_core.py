"""What the suite adds: sizes of companies, activity types of the ready processes, and attention switched on."""

from story import records, words

TYPES = {"Follow-up Quote": words.FOLLOW_UP, "Call for Demo": words.CALL_FOR_DEMO}
SIZES = ((1, "1"), (9, "2_9"), (49, "10_49"), (249, "50_249"), (999, "250_999"))


def size(employees):
    return next((key for highest, key in SIZES if employees <= highest), "1000")


def tell(env, story):
    _companies(env, story)
    _activity_types(env)
    _attention(env)


def _companies(env, story):
    """Also of leads that have no contact yet."""
    by_size, by_industry = {}, {}
    for deal in story.deals:
        if deal.company.has_free_mailbox:
            continue
        lead = records.recall(env, "deal", deal.key)
        by_size.setdefault(size(deal.company.employees), []).append(lead.id)
        if not lead.partner_id:
            by_industry.setdefault(deal.company.industry, []).append(lead.id)
    Lead = env["crm.lead"].with_context(**records.QUIET)
    for key, ids in by_size.items():
        leads = Lead.browse(ids)
        leads.partner_id.commercial_partner_id.company_size = key
        leads.company_size = key
    for name, ids in by_industry.items():
        Lead.browse(ids).industry_id = env["res.partner.industry"].search([("name", "=", name)], limit=1)


def _activity_types(env):
    """Of activities, and of the messages that say that these were done."""
    Activity = env["mail.activity"].with_context(active_test=False, **records.QUIET)
    for name, summary in TYPES.items():
        kind = env["mail.activity.type"].search([("name", "=", name), ("res_model", "=", "crm.lead")], limit=1)
        activities = Activity.search([("res_model", "=", "crm.lead"), ("summary", "=", summary)])
        records.set_columns(
            env,
            "mail_activity",
            {"activity_type_id": "int"},
            [{"id": activity.id, "activity_type_id": kind.id} for activity in activities],
        )
    env.cr.execute(
        """
        UPDATE mail_message message SET mail_activity_type_id = activity.activity_type_id
          FROM mail_activity activity
         WHERE message.model = 'crm.lead' AND message.mail_activity_type_id IS NOT NULL
           AND activity.res_model = 'crm.lead' AND activity.res_id = message.res_id
           AND activity.date_done = message.date::date AND activity.summary = ANY(%s)
           AND position(activity.summary IN message.body) > 0
        """,
        [list(TYPES.values())],
    )


def _attention(env):
    """Switched on, with what the teams promise; the states follow when the log is in its time."""
    env["crm.team"].search([]).write({"response_hours": 4, "quiet_days": 14})
    env["res.config.settings"].create({"group_crm_attention": True}).execute()
