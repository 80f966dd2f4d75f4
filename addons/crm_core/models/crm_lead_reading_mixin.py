from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmLeadReadingMixin(models.AbstractModel):
    """Rows that tell something of a lead: who may read the lead may read them, nobody else.

    The rules of crm.lead itself hold, whatever they are; the rows need an access row and no rule of
    their own. Where those rules ask for nothing but the company, the row's own `company_id` answers,
    and the leads need not be looked at. So that it is the lead's at every moment, models that return
    True in `_is_lead_company_kept` have it written with the lead by `_lead_companies_moved`.
    """

    _name = "crm.lead.reading.mixin"
    _description = "Readable as Its Lead Is"

    lead_id = fields.Many2one(
        "crm.lead", "Lead", required=True, index=True, ondelete="cascade", readonly=True, aggregator="count_distinct"
    )

    @api.model
    def _is_lead_company_kept(self):
        """Whether `company_id` of every row is that of its lead."""
        return False

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._lead_readable_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        allowed = self - result[0] if result else self
        readable = (
            self.sudo()
            .with_context(active_test=False)
            .search(Domain("id", "in", allowed.ids) & self._lead_readable_domain())
        )
        if forbidden := allowed - readable.with_env(self.env):
            records = result[0] + forbidden if result else forbidden
            return records, lambda: self.env["ir.rule"]._make_access_error(operation, forbidden)
        return result

    @api.model
    def _lead_readable_domain(self):
        """The rows of leads that the user may read."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        if not leads.has_access("read"):
            return Domain.FALSE
        rules = Domain(self.env["ir.rule"]._compute_domain("crm.lead", "read"))
        if rules.is_true() or rules.is_false():
            return rules
        asked = {condition.field_expr for condition in rules.iter_conditions()}
        if asked == {"company_id"} and self._is_lead_company_kept():
            return rules
        return Domain("lead_id", "in", leads._search([]))

    @api.model
    def _lead_companies_moved(self, leads):
        """Leads may have moved to other companies: their rows follow at once."""
        self.env.cr.execute(
            SQL(
                "UPDATE %(rows)s AS told SET company_id = lead.company_id FROM crm_lead lead"
                " WHERE told.lead_id = lead.id AND lead.id = ANY(%(ids)s)"
                " AND told.company_id IS DISTINCT FROM lead.company_id",
                rows=SQL.identifier(self._table),
                ids=leads.ids,
            )
        )
        self.invalidate_model(["company_id"], flush=False)
