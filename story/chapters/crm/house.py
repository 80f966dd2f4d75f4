"""The company, its languages and the settings that the story needs."""

from datetime import timedelta

from story import cast, companies, plot, records

NOWHERE = "http://127.0.0.1:9"  # nobody listens there: a demo calls nobody and mails nobody


def tell(env, story):
    eur = env.ref("base.EUR")
    eur.active = True
    env.company.write({"name": cast.COMPANY, "currency_id": eur.id, "email": f"info@{cast.DOMAIN}"})
    domain = env["mail.alias.domain"].create({"name": cast.DOMAIN})
    env.company.alias_domain_id = domain
    codes = [country.lang for country in companies.COUNTRIES]
    env["res.lang"].with_context(active_test=False).search([("code", "in", codes)]).write({"active": True})
    env.ref("base.user_admin").tz = "Europe/Budapest"
    env.ref("crm.crm_menu_root").sequence = 1  # who logs in stands in the CRM, not in Discuss
    _settings(env, story)
    _keep_to_itself(env)


def _settings(env, story):
    env["res.config.settings"].create(
        {
            "group_use_lead": True,
            "crm_use_auto_assignment": True,
            "predictive_lead_scoring_start_date": story.today - timedelta(days=plot.HISTORY_DAYS + 90),
        }
    ).execute()
    records.by_name(env, "crm.lost.reason", cast.LOST_REASONS)


def _keep_to_itself(env):
    parameters = env["ir.config_parameter"].sudo()
    for name in ("iap.endpoint", "iap.partner_autocomplete.endpoint"):
        parameters.set_param(name, NOWHERE)
    parameters.set_param("crm.iap.lead.enrich.setting", "manual")
    if "iap_enrich_auto_done" in env.company._fields:
        env.company.iap_enrich_auto_done = True  # otherwise asked for when an administrator logs in
    env["ir.mail_server"].create(
        {
            "name": "Nowhere: the demo sends no mail",
            "smtp_host": "127.0.0.1",
            "smtp_port": 9,
            "from_filter": False,
        }
    )
