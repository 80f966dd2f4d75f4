from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils, format_amount, format_date

PAGE = 30
SLEEPING_DAYS = 30
CARD = [
    *("name", "partner_name", "contact_name", "expected_revenue", "date_deadline", "stage_id"),
    *("priority", "won_status", "partner_assigned_id", "create_date", "date_last_stage_update"),
]


class CrmLead(models.Model):
    """The partner's pipeline as plain values. Read with his own rights, in a number of queries that does not
    depend on how many leads he has.
    """

    _inherit = "crm.lead"

    @api.model
    def _partner_asked_domain(self, asked):
        domain = Domain("type", "=", "opportunity") & Domain("partner_assigned_id", "!=", False)
        domain &= Domain("won_status", "=", asked.filter if asked.filter in ("won", "lost") else "pending")
        if asked.filter == "sleeping":
            since = fields.Datetime.now() - timedelta(days=SLEEPING_DAYS)
            domain &= Domain("date_last_stage_update", "<", since)
        elif asked.filter == "closing":
            today = fields.Date.context_today(self)
            domain &= Domain("date_deadline", "<=", date_utils.end_of(today, "month"))
        elif asked.filter == "no_step":
            steps = self.env["mail.activity"].sudo()
            own = steps._search([("res_model", "=", "crm.lead"), ("user_id", "=", self.env.uid)])
            domain &= Domain("id", "not in", own.subselect("res_id"))
        if asked.stage:
            domain &= Domain("stage_id", "=", asked.stage)
        if asked.search:
            words = [("name", "partner_name", "contact_name", "email_from", "city")]
            domain &= Domain.OR(Domain(name, "ilike", asked.search) for name in words[0])
        return domain

    @api.model
    def _partner_board(self, asked):
        """:return: the columns, each with its count, sum and first cards"""
        leads, domain = self.with_context(active_test=asked.filter != "lost"), self._partner_asked_domain(asked)
        totals, teams = leads._partner_totals(domain)
        stages = self.env["crm.stage"].sudo().search([])
        shown = stages.filtered(lambda stage: stage.id in totals or stage._takes_from_partners(teams))
        found = {
            stage: leads.search_fetch(
                domain & Domain("stage_id", "=", stage.id), CARD, order=asked.order, limit=asked.cards(stage.id)
            )
            for stage in shown
            if stage.id in totals
        }
        cards = leads.union(*found.values())
        cards.sudo().fetch(["team_id"])
        steps = self._partner_steps(cards.ids)
        return [
            {
                "id": stage.id,
                "name": stage.name,
                "color": stage.color,
                "team_ids": stage.team_ids.ids,
                "is_open": stage._is_partner_target() and asked.filter not in ("won", "lost"),
                **self._partner_figures(totals, stage),
                "cards": [
                    {**lead._partner_card(steps), "team_id": lead.sudo().team_id.id}
                    for lead in found.get(stage, leads.browse())
                ],
            }
            for stage in shown
        ]

    @api.model
    def _partner_totals(self, domain):
        """:return: ({stage id: (opportunities, expected revenue)}, of stages that have any; our teams they are with)"""
        asked = [("id", "in", self._search(domain))]
        found = self.sudo()._read_group(asked, ["stage_id", "team_id"], ["__count", "expected_revenue:sum"])
        totals, teams = {}, self.env["crm.team"].sudo()
        for stage, team, count, revenue in found:
            before = totals.get(stage.id, (0, 0))
            totals[stage.id] = before[0] + count, before[1] + (revenue or 0)
            teams |= team
        return totals, teams

    def _partner_figures(self, totals, stage):
        count, revenue = totals.get(stage.id, (0, 0))
        return {"count": count, "sum": self._partner_money(revenue)}

    def _partner_moved(self, asked):
        """What the board has to know of a lead that was moved: where it is, and all columns' figures. The lead itself
        counts even where the filter would leave it out by now: it still stands on the board.
        """
        totals, _teams = self._partner_totals(self._partner_asked_domain(asked) | Domain("id", "=", self.id))
        stages = self.env["crm.stage"].sudo().search([])
        return {
            "stage": self.stage_id.id,
            "columns": [
                {"id": stage.id, **self._partner_figures(totals, stage)}
                for stage in stages
                if stage.id in totals or stage._is_partner_target()
            ],
        }

    @api.model
    def _partner_list(self, asked, offset=0, limit=PAGE):
        leads = self.with_context(active_test=asked.filter != "lost")
        found = leads.search_fetch(
            self._partner_asked_domain(asked), CARD, order=asked.order, limit=limit, offset=offset
        )
        steps = self._partner_steps(found.ids)
        return [lead._partner_card(steps) for lead in found]

    @api.model
    def _partner_count(self, asked):
        leads = self.with_context(active_test=asked.filter != "lost")
        return leads.search_count(self._partner_asked_domain(asked))

    @api.model
    def _partner_steps(self, lead_ids):
        """{lead: the partner's own next step}, of his own activities only."""
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", lead_ids), ("user_id", "=", self.env.uid)]
        steps = self.env["mail.activity"].sudo().search(domain, order="date_deadline desc, id desc")
        return {step.res_id: step for step in steps}

    @api.model
    def _partner_money(self, amount):
        return format_amount(self.env, amount, self.env.company.currency_id)

    def _partner_card(self, steps):
        step = steps.get(self.id)
        today = fields.Date.context_today(self)
        return {
            "id": self.id,
            "name": self.name,
            "customer": self.partner_name or self.contact_name or "",
            "amount": self._partner_money(self.expected_revenue) if self.expected_revenue else "",
            "revenue": self.expected_revenue,
            "closing": format_date(self.env, self.date_deadline) if self.date_deadline else "",
            "closing_day": self.date_deadline,
            "stage_id": self.stage_id.id,
            "stage": self.stage_id.name or "",
            "colleague": self.sudo().partner_assigned_id.name,
            "priority": int(self.priority or 0),
            "step": (step.summary or step.activity_type_id.name) if step else "",
            "step_day": format_date(self.env, step.date_deadline) if step else "",
            "is_late": bool(step and step.date_deadline < today),
            "days_here": self._partner_days_here(),
        }

    def _partner_days_here(self):
        """The days that an open lead is in its stage, as soon as they are as many as the stage warns of; else 0."""
        most = self.stage_id.rotting_threshold_days
        if not most or self.won_status != "pending" or not self.date_last_stage_update:
            return 0
        days = (fields.Datetime.now() - self.date_last_stage_update).days
        return days if days >= most else 0
