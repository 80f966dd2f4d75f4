"""Leads and opportunities: made by the ORM as open ones, then set to the dates and the end they came to."""

from odoo.fields import Command

from story import companies, records
from story.events import Move

DATES = {
    "create_date": "timestamp",
    "write_date": "timestamp",
    "date_open": "timestamp",
    "date_conversion": "timestamp",
    "date_closed": "timestamp",
    "date_last_stage_update": "timestamp",
}
END = {
    "active": "boolean",
    "stage_id": "int",
    "won_status": "varchar",
    "lost_reason_id": "int",
    "probability": "float",
    "automated_probability": "float",
}
STATUS = {"open": "pending", "won": "won", "lost": "lost"}


def tell(env, story):
    lookups = _lookups(env, story)
    stages = TeamStages(env)
    leads = (
        env["crm.lead"]
        .with_context(**records.QUIET)
        .create([_vals(deal, env, lookups, stages) for deal in story.deals])
    )
    records.remember(env, "deal", [deal.key for deal in story.deals], leads)
    rows = [
        {"id": lead.id, **_dates(deal, stages), **_end(deal, lookups, stages)}
        for deal, lead in zip(story.deals, leads, strict=True)
    ]
    records.set_columns(env, "crm_lead", {**DATES, **END}, rows)
    records.recompute(leads, "day_open", "day_close")
    env["mail.followers"].create(
        [
            {"res_model": "crm.lead", "res_id": lead.id, "partner_id": lead.user_id.partner_id.id}
            for lead in leads
            if lead.user_id
        ]
    )
    return leads


class TeamStages:
    """Which stage stands for which depth of a team's pipeline."""

    def __init__(self, env):
        self.stages = env["crm.stage"].search([])
        self.teams = {}

    def at(self, team, depth):
        """:param team: key of the story's team, or nothing; :param depth: 0 is the first stage, 1 is won"""
        open_stages, won = self._of(team)
        return won if depth >= 1 else open_stages[int(depth * len(open_stages))]

    def path(self, deal):
        """The moves from one stage of the deal's team to another: (moment, stage before, stage after)."""
        before = self.at(deal.team, 0)
        for move in deal.of(Move):
            stage = self.at(deal.team, move.depth)
            if stage != before:
                yield move.at, before, stage
            before = stage

    def _of(self, team):
        if team not in self.teams:
            record = records.recall(self.stages.env, "team", team) if team else self.stages.env["crm.team"]
            own = self.stages.filtered(lambda stage: not stage.team_ids or record in stage.team_ids)
            self.teams[team] = own.filtered(lambda stage: not stage.is_won), own.filtered("is_won")[:1]
        return self.teams[team]


def _lookups(env, story):
    deals = story.deals
    channels = story.channels
    return {
        "country": {country.code: country.id for country in env["res.country"].search([])},
        "lang": {lang.code: lang.id for lang in env["res.lang"].search([])},
        "tag": records.by_name(env, "crm.tag", [tag for deal in deals for tag in deal.tags]),
        "reason": records.by_name(env, "crm.lost.reason", [deal.reason for deal in deals if deal.reason]),
        "campaign": records.by_name(env, "utm.campaign", [row.campaign for row in channels if row.campaign]),
        "source": records.by_name(env, "utm.source", [row.source for row in channels if row.source]),
        "medium": records.by_name(env, "utm.medium", [row.medium for row in channels]),
    }


def _vals(deal, env, lookups, stages):
    company, channel = deal.company, deal.channel
    kept = env["crm.lead"]
    contact = records.recall(env, "contact", companies.plain(company.name)) if deal.kind == "opportunity" else kept
    return {
        "name": deal.name,
        "type": deal.kind,
        "priority": str(deal.priority),
        "team_id": records.recall(env, "team", deal.team).id if deal.team else False,
        "user_id": records.recall(env, "user", deal.owner).id if deal.owner else False,
        "partner_id": contact.id,
        "partner_name": False if company.has_free_mailbox else company.name,
        "contact_name": company.contact,
        "email_from": company.email,
        "phone": company.phone,
        "website": company.website,
        "city": company.city,
        "country_id": lookups["country"][company.country.code],
        "lang_id": lookups["lang"][company.country.lang],
        "campaign_id": lookups["campaign"][channel.campaign].id if channel.campaign else False,
        "source_id": lookups["source"][channel.source].id if channel.source else False,
        "medium_id": lookups["medium"][channel.medium].id,
        "expected_revenue": deal.revenue,
        "date_deadline": deal.deadline,
        "tag_ids": [Command.set([lookups["tag"][tag].id for tag in deal.tags])],
        "stage_id": stages.at(deal.team, 0).id,
    }


def _dates(deal, stages):
    moved = max((at for at, _before, _stage in stages.path(deal)), default=deal.created)
    ends = [day for day in (deal.closed, moved, deal.assigned, deal.created) if day]
    return {
        "create_date": deal.created,
        "write_date": max(ends),
        "date_open": deal.assigned if deal.owner else None,
        "date_conversion": deal.converted,
        "date_closed": deal.closed,
        "date_last_stage_update": moved,
    }


def _end(deal, lookups, stages):
    chance = {"open": None, "won": 100.0, "lost": 0.0}[deal.outcome]
    return {
        "active": deal.outcome != "lost",
        "stage_id": stages.at(deal.team, deal.depth).id,
        "won_status": STATUS[deal.outcome],
        "probability": chance,
        "automated_probability": chance,
        "lost_reason_id": lookups["reason"][deal.reason].id if deal.reason else None,
    }
