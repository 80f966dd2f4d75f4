from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

MARKED = "crm_assignment.lookalikes_marked"  # set when the first lead is marked
SALESPERSON = "sales_team.group_sale_salesman"


class CrmLead(models.Model):
    """Leads that look the same: pointed to, shown, and never merged without a person's decision."""

    _inherit = "crm.lead"

    # Whoever may read a lead may not always know the name of the other one, so this one is for code (sudo) only
    lookalike_of_id = fields.Many2one(
        "crm.lead",
        "Looks Like (Any)",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
        groups=fields.NO_ACCESS,
        help="The lead or opportunity that this one looked like when it was assigned.",
    )
    has_lookalike = fields.Boolean(
        "Looks Like Another", compute="_compute_lookalike", search="_search_has_lookalike", groups=SALESPERSON
    )
    lookalike_lead_id = fields.Many2one("crm.lead", "Looks Like", compute="_compute_lookalike", groups=SALESPERSON)
    lookalike_user_id = fields.Many2one(
        "res.users", "Salesperson of the Look-Alike", compute="_compute_lookalike", groups=SALESPERSON
    )

    @api.depends("lookalike_of_id.user_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lookalike(self):
        others = self.sudo().lookalike_of_id
        readable = others.with_env(self.env)._filtered_access("read")
        for lead in self:
            other = lead.sudo().lookalike_of_id
            shown = other.with_env(self.env) & readable
            lead.has_lookalike = bool(other)
            lead.lookalike_lead_id = shown
            lead.lookalike_user_id = shown.user_id

    def _search_has_lookalike(self, operator, value):
        if operator != "in":
            return NotImplemented
        pointing = Domain("id", "in", self.sudo()._search([("lookalike_of_id", "!=", False)], active_test=False))
        return pointing if True in value else ~pointing

    def action_compare_lookalike(self):
        """Odoo's own dialog for merging, with both leads in it; of a won one, which can't be merged, its form."""
        self.ensure_one()
        other = self.lookalike_lead_id
        if not other:
            raise AccessError(self.env._("This lead looks like none that you may read."))
        if "won" in (self | other).mapped("won_status"):
            return other.redirect_lead_opportunity_view()
        action = self.env["ir.actions.actions"]._for_xml_id("crm.action_merge_opportunities")
        action["context"] = {"active_model": self._name, "active_id": self.id, "active_ids": (self | other).ids}
        return action

    def action_not_lookalike(self):
        """A person says that they are not the same. The note tells no name: not all who read it may know it."""
        self.check_access("write")
        for lead in self.sudo():
            if other := lead.lookalike_of_id:
                link = other._get_html_link(title=self.env._("lead %s", other.id))
                lead._message_log(body=self.env._("Not the same as %(lead)s.", lead=link))
                self.env["crm.lead.unlike"]._remember(lead, other)
                lead.lookalike_of_id = False

    def _merge_dependences(self, opportunities):
        if self.env["ir.config_parameter"].sudo().get_param(MARKED):  # else there is nothing to ask for
            self.sudo()._merge_lookalikes(opportunities)
            self.env["crm.lead.unlike"].sudo()._follow_merge(self, opportunities)
        return super()._merge_dependences(opportunities)

    def _merge_lookalikes(self, opportunities):
        """Who pointed to a merged lead points to the one that stays; that one points outside, or nowhere."""
        self.flush_model(["lookalike_of_id"])
        head, tails = self.id, opportunities.ids
        family = [head, *tails]
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead SET lookalike_of_id = CASE
                    WHEN id = %(head)s THEN (
                        SELECT lookalike_of_id FROM crm_lead
                         WHERE id = ANY(%(family)s) AND lookalike_of_id <> ALL(%(family)s)
                         ORDER BY id <> %(head)s, id LIMIT 1)
                    WHEN id = ANY(%(tails)s) THEN NULL
                    ELSE %(head)s END
                 WHERE lookalike_of_id = ANY(%(tails)s)
                    OR id = %(head)s AND EXISTS (
                        SELECT FROM crm_lead WHERE id = ANY(%(tails)s) AND lookalike_of_id IS NOT NULL)
                    OR id = ANY(%(tails)s) AND lookalike_of_id = %(head)s
                """,
                head=head,
                tails=tails,
                family=family,
            )
        )
        self.invalidate_model(["lookalike_of_id"], flush=False)
