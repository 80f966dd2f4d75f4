from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

GROUPS = ("talk", "step")  # changes stay: what a lead was is told backwards by them


class CrmLeadEventRetention(models.Model):
    """How long events of one kind are kept. Open leads keep theirs; totals by month stay."""

    _name = "crm.lead.event.retention"
    _inherit = ["crm.lead.event.chore"]
    _description = "How Long Events Are Kept"
    _order = "kind, id"
    _rec_name = "kind"

    kind = fields.Selection(selection="_selection_kind", string="Events", required=True)
    months = fields.Integer(
        "Months", default=24, required=True, help="Older events of won, lost and archived leads are deleted."
    )

    _kind_uniq = models.Constraint("UNIQUE (kind)", "How long these events are kept is said already.")
    _months_positive = models.Constraint("CHECK (months > 0)", "Events are kept for at least one month.")

    def _selection_kind(self):
        kinds = self.env["crm.lead.event"]._event_kinds()
        return [(name, self.env._(kind.label)) for name, kind in kinds.items() if kind.group in GROUPS]

    @api.constrains("kind")
    def _check_kind(self):
        """Odoo itself checks selections where records are written, not where they are made."""
        if set(self.mapped("kind")) - set(dict(self._selection_kind())):
            raise ValidationError(self.env._("Only conversations, activities and meetings can be forgotten."))

    @api.model_create_multi
    def create(self, vals_list):
        retentions = super().create(vals_list)
        self._switch_job()
        return retentions

    def unlink(self):
        result = super().unlink()
        self._switch_job()
        return result

    @api.model
    def _switch_job(self):
        """The job runs as long as there is something for it to forget."""
        cron = self.env.ref("crm_core.ir_cron_event_retention").sudo()
        wanted = bool(self.sudo().search_count([], limit=1))
        if cron.active != wanted:
            cron.active = wanted

    @api.model
    def _cron_forget(self):
        self._walk()

    def _walkers(self):
        """A day to think again: what was just typed does not count yet."""
        return self.search([("write_date", "<=", fields.Datetime.now() - timedelta(days=1))])

    @api.model
    def _limits(self):
        """Kind -> naive UTC: older events of closed leads are not kept."""
        now = fields.Datetime.now()
        return {walker.kind: now - relativedelta(months=walker.months) for walker in self.sudo()._walkers()}

    def _walk_range(self, where):
        """Delete and count in one statement. What somebody is just writing waits for the next time."""
        limits = self._limits()
        self.env.cr.execute(
            SQL(
                """
                WITH old AS (
                    SELECT event.id
                      FROM crm_lead_event event
                      JOIN unnest(%(kinds)s::varchar[], %(moments)s::timestamp[]) AS kept(kind, moment)
                        ON kept.kind = event.kind AND event.moment < kept.moment
                      JOIN crm_lead lead ON lead.id = event.lead_id
                     WHERE %(where)s AND (NOT lead.active OR lead.won_status IN ('won', 'lost'))
                       FOR UPDATE OF event SKIP LOCKED
                ), gone AS (
                    DELETE FROM crm_lead_event event USING old WHERE event.id = old.id
                    RETURNING event.moment, event.kind, event.company_id
                )
                INSERT INTO crm_lead_event_total AS total (month, kind, company_id, number)
                SELECT date_trunc('month', gone.moment)::date, gone.kind, company.id, count(*)
                  FROM gone LEFT JOIN res_company company ON company.id = gone.company_id
                 GROUP BY 1, 2, 3
                    ON CONFLICT (month, kind, COALESCE(company_id, 0))
                    DO UPDATE SET number = total.number + EXCLUDED.number
                """,
                kinds=self.mapped("kind"),
                moments=[limits[retention.kind] for retention in self],
                where=where,
            )
        )
        self.env["crm.lead.event"].invalidate_model(flush=False)
        self.env["crm.lead.event.total"].invalidate_model(flush=False)

    def _walk_end(self):
        """Tomorrow from the beginning."""
        self.search([])._reach(0)
