"""A mailing to leads that nobody looks after yet, in draft."""

from story import records

BODY = """<div><p>Hello,</p><p>you asked us about planning and have not heard from us yet.
Here is the brochure; a colleague will call you this week.</p><p>Your Demo Company</p></div>"""


def tell(env, story):
    mailing = env.ref("mass_mailing.group_mass_mailing_user")
    records.recall(env, "user", "manager").group_ids += mailing
    env["mailing.mailing"].create(
        {
            "subject": "You asked, we are coming back to you",
            "mailing_model_id": env["ir.model"]._get_id("crm.lead"),
            "mailing_domain": "[('user_id', '=', False), ('won_status', '=', 'pending')]",
            "body_arch": BODY,
            "campaign_id": records.by_name(env, "utm.campaign", ["Newsletter"])["Newsletter"].id,
            "user_id": records.recall(env, "user", "manager").id,
        }
    )
