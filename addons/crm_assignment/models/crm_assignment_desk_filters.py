from ast import literal_eval

from odoo import api, models
from odoo.fields import Domain

MEMBER = "$member"  # in a member's filter: this member's user


class CrmAssignmentDesk(models.AbstractModel):
    """Which leads the filters of teams and members let through."""

    _inherit = "crm.assignment.desk"

    @api.model
    def _member_fits(self, plan, teams, facts, by_team):
        """Dicts member id -> lead ids that his filter, and his preferred filter, let through; who has
        no filter is missing. A company that a member does not belong to keeps its leads from him."""
        fits, prefers = {}, {}
        for team in teams:
            ids = set(by_team.get(team.id, ()))
            if not ids:
                continue
            for member in team.crm_team_member_ids:
                allowed = self._allowed(member, ids, facts)
                found = self._fitting(plan, member, "assignment_domain", allowed)
                if found is None:
                    fits[member.id] = set()
                    continue
                if len(found) < len(ids):
                    fits[member.id] = found
                if literal_eval(member.assignment_domain_preferred or "[]"):
                    prefers[member.id] = self._fitting(plan, member, "assignment_domain_preferred", found) or set()
        return fits, prefers

    @api.model
    def _allowed(self, member, ids, facts):
        companies = {None, *member.user_id.company_ids.ids}
        return {lead_id for lead_id in ids if facts[lead_id]["company_id"] in companies}

    @api.model
    def _fitting(self, plan, rule, name, lead_ids):
        """Which of these leads a filter lets through; None where it no longer works."""
        if not lead_ids:
            return set()
        if rule.assignment_filter_error:
            return None
        try:
            domain = self._domain(rule, name)
            if domain.is_true():
                return set(lead_ids)
            with self.env.cr.savepoint(flush=False):
                leads = self.env["crm.lead"].with_context(active_test=False)
                return set(leads.search(Domain("id", "in", list(lead_ids)) & domain)._ids)
        except Exception as error:  # noqa: BLE001  (a filter may name what is gone: any error may come)
            plan.broken[rule] = str(error)
            return None

    @api.model
    def _domain(self, rule, name):
        """The filter of a team or a member, the member's own user put in."""
        user_id = rule.user_id.id if rule._name == "crm.team.member" else False

        def put(value):
            if value == MEMBER:
                return user_id
            return [put(item) for item in value] if isinstance(value, list | tuple) else value

        domain = literal_eval(rule[name] or "[]")
        return Domain(
            [tuple(put(item) for item in leaf) if isinstance(leaf, list | tuple) else leaf for leaf in domain]
        )
