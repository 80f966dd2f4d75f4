from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_datetime

FIGURES = ("crm_core.group_sale_salesman_team", "sales_team.group_sale_manager")


class CrmLead(models.Model):
    """Says in plain words why a lead is with whom it is, or why with nobody."""

    _inherit = "crm.lead"

    is_shared_out = fields.Boolean(compute="_compute_is_shared_out", help="There are teams with a method of ours.")

    def _compute_is_shared_out(self):
        self.is_shared_out = bool(self.env["crm.team"]._teams_with_method())

    def action_why(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "crm_assignment.why",
            "name": self.env._("Who and Why"),
            "target": "new",
            "params": {"lead_id": self.id},
            "context": {"dialog_size": "medium"},
        }

    def get_assignment_card(self):
        """What the card on the lead shows (see `static/src/why`).

        :return: dict: `state` (given, waiting or none), `headline`, `reason`, `note`, `when`, `way`,
            `members` (name, why, chosen, and for leaders and managers load and room), `lookalike`
            (id and name, or False), `run_id` (for managers, or False)
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees see why a lead was given to somebody."))
        decision = self._last_decision()
        if self.user_id and decision and decision.user_id == self.user_id:
            return self._card_given(decision)
        if not self.user_id and self.active and self.won_status == "pending":
            return self._card_waiting()
        return self._card(
            "none",
            self.env._("Chosen by a person"),
            self.env._("Nobody was picked automatically: a person decided who has this lead.")
            if self.user_id
            else self.env._("This lead is closed."),
        )

    def _last_decision(self):
        decisions = self.env["crm.assignment.decision"].sudo()
        return decisions.search([("lead_id", "=", self.id), ("is_undone", "!=", True)], limit=1)

    def _card(self, state, headline, reason, decision=None, **more):
        is_manager = self.env.user.has_group("sales_team.group_sale_manager")
        return {
            "state": state,
            "headline": headline,
            "reason": reason,
            "note": False,
            "when": format_datetime(self.env, decision.moment, dt_format="short") if decision else False,
            "way": dict(decision._fields["way"]._description_selection(self.env))[decision.way] if decision else False,
            "members": [],
            "lookalike": False,
            "run_id": decision.run_id.id if decision and is_manager else False,
            **more,
        }

    def _card_given(self, decision):
        words = dict(decision._fields["why"]._description_selection(self.env))
        return self._card(
            "given",
            self.env._("Given to %(name)s", name=decision.user_id.name),
            words[decision.why],
            decision,
            note=self.env._("The preferred filter fits.") if decision.is_preferred else False,
            members=self._card_members(decision.candidates or [], decision.method),
            lookalike=self._card_lookalike(decision),
        )

    def _card_lookalike(self, decision):
        other = self.browse(decision.lookalike or False).exists()
        if not other:
            return False
        if not other.has_access("read"):
            return {"id": False, "name": self.env._("a lead of another salesperson")}
        return {"id": other.id, "name": other.display_name}

    def _card_waiting(self):
        """Asked anew, with nothing written: what would happen to the lead now, and which rule it fails."""
        teams = self.env["crm.team"].sudo().search([])._open()._own_method()
        ours = teams.filtered(lambda team: team == self.team_id) if self.team_id else teams
        if not ours:
            return self._card(
                "waiting",
                self.env._("Nobody has it yet"),
                self.env._("No team that could take it shares out leads by a method of its own."),
            )
        desk = self.env["crm.assignment.desk"].sudo()
        turns = self.env["crm.assignment.turn"].sudo()._places(ours)
        plan = desk._plan(self.ids, ours, turns)
        _team_id, decision = next(iter(plan.decisions()))
        words = dict(self.env["crm.assignment.decision"]._selection_why())
        candidates = [[one.member, one.load, one.room, one.why] for one in decision.candidates]
        team = ours.browse(_team_id or False)
        if decision.member:
            name = self.env["crm.team.member"].sudo().browse(decision.member).user_id.name
            headline = self.env._("With the next run it goes to %(name)s", name=name)
        else:
            headline = self.env._("Nobody has it yet")
        return self._card(
            "waiting", headline, words[decision.why], members=self._card_members(candidates, team.assignment_method)
        )

    @api.model
    def _card_members(self, candidates, method):
        members = self.env["crm.team.member"].sudo().browse(one[0] for one in candidates).exists()
        names = {member.id: member.user_id.name for member in members}
        has_figures = any(self.env.user.has_group(group) for group in FIGURES)
        words = self._card_words()
        rows = [
            {
                "id": member,
                "name": names.get(member) or self.env._("a former member"),
                "why": words.get(why, ""),
                "chosen": why == "chosen",
                "load": load if has_figures and method == "least_loaded" else False,
                "room": room if has_figures else False,
            }
            for member, load, room, why in candidates
        ]
        return sorted(rows, key=lambda row: not row["chosen"])

    @api.model
    def _card_words(self):
        """Why a member, or why not he."""
        _ = self.env._
        return {
            "chosen": _("was chosen"),
            "deputy": _("is away; the deputy took it"),
            "filter_broken": _("a filter no longer works"),
            "filter": _("the lead does not fit the filter"),
            "had_it": _("had it before"),
            "paused": _("is paused"),
            "archived": _("is archived"),
            "holiday": _("has a holiday"),
            "away": _("is away"),
            "no_room": _("has reached the maximum of 30 days"),
            "day_done": _("has had today's share"),
            "loyal": _("the customer belongs to somebody else"),
            "not_preferred": _("somebody else's preferred filter fits"),
            "turn": _("had a turn later than who was chosen"),
            "load": _("has more to do"),
            "share": _("has more of the maximum used"),
        }

    def _timeline_text(self, kind, data, names):
        if kind == "assigned":
            return dict(self.env["crm.assignment.decision"]._selection_why()).get(data.get("why"), "")
        return super()._timeline_text(kind, data, names)
