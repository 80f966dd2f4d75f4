"""Contacts of everybody who came as far as an opportunity; the others are known by their lead only."""

from story import companies, records


def tell(env, story):
    known = {deal.company.name: deal.company for deal in story.deals if deal.kind == "opportunity"}.values()
    firms = [company for company in known if not company.has_free_mailbox]
    Partner = env["res.partner"].with_context(**records.QUIET)
    lookups = _lookups(env)
    parents = Partner.create([_firm(company, lookups) for company in firms])
    parent = dict(zip(firms, parents, strict=True))
    people = Partner.create(
        [
            {
                **_base(company, lookups),
                "name": company.contact,
                "email": company.email,
                "phone": company.phone,
                "parent_id": parent[company].id if company in parent else False,
            }
            for company in known
        ]
    )
    records.remember(env, "contact", [companies.plain(company.name) for company in known], people)


def _lookups(env):
    countries = env["res.country"].search([("code", "in", list(companies.COUNTRY_BY_CODE))])
    labels = ["up to 9", "10 to 49", "50 to 249", "250 to 999", "1000 and more"]
    sizes = records.by_name(env, "res.partner.category", [f"{label} employees" for label in labels])
    return {
        "country": {country.code: country.id for country in countries},
        "industry": {record.name: record.id for record in env["res.partner.industry"].search([])},
        "size": [sizes[f"{label} employees"].id for label in labels],
    }


def _base(company, lookups):
    return {"lang": company.country.lang, "country_id": lookups["country"][company.country.code], "city": company.city}


def _firm(company, lookups):
    return {
        **_base(company, lookups),
        "name": company.name,
        "is_company": True,
        "website": company.website,
        "phone": company.phone,
        "email": f"office@{companies.plain(' '.join(company.name.split()[:2]))}.example.com",
        "industry_id": lookups["industry"].get(company.industry),
        "category_id": [(6, 0, [lookups["size"][company.size]])],
    }
