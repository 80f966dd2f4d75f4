from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

ODOO = "odoo"
PAUSED = "crm_assignment.paused"
SCHEDULED = "crm_assignment_scheduled"  # context: by Odoo's schedule, whoever sets it off
AT_ONCE = {"assignment_at_once", "assignment_method", "assignment_optout", "active", "use_leads", "use_opportunities"}


class CrmTeam(models.Model):
    """How a team shares out its leads. Teams left on `odoo` go through Odoo's own code."""

    _inherit = "crm.team"

    assignment_method = fields.Selection(
        [
            (ODOO, "As Odoo Does"),
            ("round_robin", "Round Robin"),
            ("least_loaded", "Least Loaded"),
            ("weighted", "By Capacity"),
        ],
        default=ODOO,  # not required: Odoo makes teams while this addon is not loaded yet; empty is as Odoo does
        tracking=True,
        help="Round Robin: new leads go round evenly, and the turn is remembered. Least Loaded: who has the fewest "
        "open leads and opportunities now gets the next one. By Capacity: everybody's maximum fills up alike.",
    )
    assignment_load = fields.Selection(
        [("number", "Number of Leads"), ("value", "Weighted Value")],
        "Load Is",
        default="number",
        help="What counts as much to do: how many open leads there are, or their expected revenue times probability.",
    )
    assignment_load_steps = fields.Boolean("Steps Due This Week Count Too")
    assignment_hold = fields.Boolean(
        "Keep to Each Day's Share",
        help="Give nobody more on one day than his maximum spread over the working days left, and what earlier days "
        "left unused. Otherwise a burst of leads goes out at once where the 30 days have room.",
    )
    assignment_loyal = fields.Boolean(
        "Customers Stay with Their Salesperson",
        help="A lead of a known customer goes to that customer's salesperson, one that looks like somebody's open "
        "deal to the same person, if he is a member with room. Nothing is merged.",
    )
    assignment_convert = fields.Boolean(
        "Convert to Opportunity", help="Leads become opportunities when they are given to somebody, as Odoo does it."
    )
    assignment_at_once = fields.Boolean(
        "On Arrival", help="A lead that arrives by form, mail or interface is given to somebody in the same moment."
    )
    assignment_take_back_hours = fields.Float(
        "Take Back After",
        help="Working hours without contact, activity or new stage after which a lead goes on to the next; 0: never.",
    )
    assignment_take_back_times = fields.Integer(
        "At Most", default=2, help="After so many times a lead goes to the team's leader."
    )
    assignment_since = fields.Datetime(
        readonly=True, copy=False, help="Before, leads count as given by the day on which they were assigned."
    )
    assignment_filter_error = fields.Char("Filter Stopped", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        teams._assignment_begin()
        self.env.registry.clear_cache()
        return teams

    def write(self, vals):
        if "assignment_domain" in vals:
            vals = {**vals, "assignment_filter_error": False}
        result = super().write(vals)
        if "assignment_method" in vals:
            self._assignment_begin()
        if AT_ONCE.intersection(vals):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @ormcache()
    def _teams_at_once(self):
        """Ids of the teams that give leads to somebody as they arrive."""
        return tuple(self.sudo().search([("assignment_at_once", "=", True)])._open()._own_method().ids)

    @api.model
    @ormcache()
    def _teams_with_method(self):
        """Ids of the teams that share out by a method of ours."""
        return tuple(self.sudo().search([])._own_method().ids)

    def _open(self):
        """Those that take part in sharing out."""
        return self.filtered(lambda team: not team.assignment_optout and (team.use_leads or team.use_opportunities))

    def _assignment_begin(self):
        """From now on what these teams are given is counted."""
        ours = self._own_method()
        self.env["crm.assignment.turn"].sudo()._begin(ours)
        ours.filtered(lambda team: not team.assignment_since).sudo().assignment_since = fields.Datetime.now()
        if ours:
            for name in ("take_back", "forget_decisions"):
                cron = self.env.ref(f"crm_assignment.ir_cron_{name}", raise_if_not_found=False)
                if cron and not cron.sudo().active:
                    cron.sudo().active = True

    def _own_method(self):
        """Those with a method of ours; none while the suite's methods are paused."""
        ours = self.filtered(lambda team: team.assignment_method not in (False, ODOO))
        if ours and self.env["ir.config_parameter"].sudo().get_param(PAUSED):
            return self.browse()
        return ours

    @api.model
    def _odoo_takes_part(self):
        """Whether there are teams that Odoo's own code gives leads to."""
        return bool(self.search([("assignment_method", "in", (False, ODOO))])._open())

    # -- Odoo's entry points -------------------------------------------------------------------

    @api.model
    def _cron_assign_leads(self, force_quota=False, creation_delta_days=7):
        scheduled = self.with_context(**{SCHEDULED: True})
        return super(CrmTeam, scheduled)._cron_assign_leads(force_quota, creation_delta_days)

    def _action_assign_leads(self, force_quota=False, creation_delta_days=7):
        """Teams with a method of ours first, then the others through Odoo's own code; same answer."""
        ours = self._own_method()
        if not ours:
            return super()._action_assign_leads(force_quota=force_quota, creation_delta_days=creation_delta_days)
        self._assignment_check_rights()
        others = self - ours
        run = (
            self.env["crm.assignment.run"]
            .sudo()
            ._begin(
                ours,
                way="job" if self.env.context.get(SCHEDULED) else "button",
                is_forced=force_quota,
                days=creation_delta_days,
            )
        )
        run._go_on()
        teams_data, members_data = run._outcome()
        if others:
            odoo_teams, odoo_members = super(CrmTeam, others)._action_assign_leads(
                force_quota=force_quota, creation_delta_days=creation_delta_days
            )
            teams_data.update(odoo_teams)
            members_data.update(odoo_members)
        return teams_data, members_data

    def _allocate_leads(self, creation_delta_days=7):
        return super(CrmTeam, self - self._own_method())._allocate_leads(creation_delta_days=creation_delta_days)

    def _assign_and_convert_leads(self, force_quota=False):
        return super(CrmTeam, self - self._own_method())._assign_and_convert_leads(force_quota=force_quota)

    def _assignment_check_rights(self):
        """Managers share out for all teams, a leader for his own."""
        if self.env.is_system() or self.env.user.has_group("sales_team.group_sale_manager"):
            return
        is_leader = self.env.user.has_group("crm_core.group_sale_salesman_team")
        if not is_leader or any(team.user_id != self.env.user for team in self):
            raise UserError(self.env._("Leads are shared out by sales managers, and by leaders for their own teams."))

    # -- buttons -------------------------------------------------------------------------------

    def action_try_assignment(self):
        self.ensure_one()
        return self.env["crm.assignment.trial"]._try_for(self)

    def action_run_assignment(self):
        """In the background, with a progress bar; teams left on `odoo` go Odoo's own way at once."""
        ours = self._own_method()
        return self.env["crm.assignment.run"]._start(ours)._action_show() if ours else self.action_assign_leads()

    # -- what counts ---------------------------------------------------------------------------

    def _assignment_given(self, moment):
        """What counts as given since then: what the engine gave and, before it was switched on, what was assigned.

        :return: dict (team id, user id) -> (number, earliest moment)
        """
        found = dict(self.env["crm.assignment.decision"].sudo()._given_since(self, moment))
        earlier = self.filtered(lambda team: team.assignment_since and team.assignment_since > moment)
        if not earlier:
            return found
        earlier.flush_recordset(["assignment_since"])
        self.env["crm.lead"].flush_model(["team_id", "user_id", "date_open"])
        rows = self.env.execute_query(
            SQL(
                "SELECT lead.team_id, lead.user_id, count(*), min(lead.date_open)"
                "  FROM crm_lead lead JOIN crm_team team ON team.id = lead.team_id"
                " WHERE lead.team_id = ANY(%s) AND lead.user_id IS NOT NULL"
                "   AND lead.date_open > %s AND lead.date_open <= team.assignment_since"
                "   AND NOT EXISTS (SELECT FROM crm_assignment_decision known"
                "                    WHERE known.lead_id = lead.id AND known.user_id = lead.user_id)"
                " GROUP BY lead.team_id, lead.user_id",
                earlier.ids,
                moment,
            )
        )
        for team_id, user_id, number, first in rows:
            known, earliest = found.get((team_id, user_id), (0, first))
            found[team_id, user_id] = (known + number, min(first, earliest))
        return found

    def _assignment_domain_of_waiting(self, days, hours=0):
        """Leads that wait for these teams, whatever their filters say: of these teams, or of none."""
        now = self.env.cr.now().replace(tzinfo=None)
        teamless = Domain(
            [("team_id", "=", False), ("user_id", "=", False), ("create_date", "<=", now - timedelta(hours=hours))]
        )
        if days:
            teamless &= Domain("create_date", ">", now - timedelta(days=days))
        return Domain("won_status", "=", "pending") & (teamless | Domain(self._get_lead_to_assign_domain()))

    def _filter_breaks(self, error):
        """A filter no longer works: this rule rests until somebody mends it, and the leader is told."""
        self._say_filter_broken(self, error)

    def _say_filter_broken(self, rule, error):
        self.ensure_one()
        rule.sudo().assignment_filter_error = error
        managers = self.user_id or self.env.ref("sales_team.group_sale_manager").all_user_ids[:1]
        self.sudo().message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("A filter no longer works"),
            body=self.env._(
                "The filter of %(rule)s no longer works and takes no leads until it is mended: %(reason)s",
                rule=rule.display_name,
                reason=error,
            ),
        )
