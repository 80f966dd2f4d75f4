"""A loaded history as it stands in a database, told without numbers that differ from one to the next."""

import hashlib

from tools import postgres

LEADS = """
    SELECT known.name, lead.name, lead.active, stage.name->>'en_US', lead.won_status, lead.probability,
        lead.automated_probability, lead.expected_revenue, lead.prorated_revenue, lead.create_date, lead.write_date,
        lead.date_open, lead.date_closed, lead.date_last_stage_update, lead.day_open, lead.day_close,
        owner.login, team.name->>'en_US', customer.name, industry.name->>'en_US', country.code, lead.city,
        source.name, medium.name, campaign.name, lead.lead_properties::text,
        (SELECT string_agg(tag.name->>'en_US', ',' ORDER BY tag.name->>'en_US') FROM crm_tag_rel AS tagged
            JOIN crm_tag AS tag ON tag.id = tagged.tag_id WHERE tagged.lead_id = lead.id)
    FROM ir_model_data AS known
        JOIN crm_lead AS lead ON lead.id = known.res_id
        LEFT JOIN crm_stage AS stage ON stage.id = lead.stage_id
        LEFT JOIN res_users AS owner ON owner.id = lead.user_id
        LEFT JOIN crm_team AS team ON team.id = lead.team_id
        LEFT JOIN res_partner AS customer ON customer.id = lead.partner_id
        LEFT JOIN res_partner_industry AS industry ON industry.id = customer.industry_id
        LEFT JOIN res_country AS country ON country.id = lead.country_id
        LEFT JOIN utm_source AS source ON source.id = lead.source_id
        LEFT JOIN utm_medium AS medium ON medium.id = lead.medium_id
        LEFT JOIN utm_campaign AS campaign ON campaign.id = lead.campaign_id
    WHERE known.module = '__history__' AND known.model = 'crm.lead'
    ORDER BY known.name
"""


def rows(database):
    return postgres.server().query(LEADS, database=database)


def digest(database):
    """Equal for two databases whose histories are equal."""
    sha = hashlib.sha256()
    for row in rows(database):
        sha.update(repr(row).encode())
    return sha.hexdigest()
