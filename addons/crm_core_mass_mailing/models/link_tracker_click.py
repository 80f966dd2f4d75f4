from odoo import api, models

from .mailing_trace import IMPLIED, OF_LEADS


class LinkTrackerClick(models.Model):
    _inherit = "link.tracker.click"

    @api.model_create_multi
    def create(self, vals_list):
        clicks = super().create(vals_list)
        customers = clicks.mailing_trace_id.filtered_domain(OF_LEADS)._event_customers()
        self.env["crm.lead.event"]._record(
            [
                {
                    "lead_id": click.mailing_trace_id.res_id,
                    "kind": "link_clicked",
                    "direction": "in",
                    "actor_id": customers[click.mailing_trace_id],
                    "model": self._name,
                    "res_id": click.id,
                    "data": {"trace": click.mailing_trace_id.id, "link": click.link_id.id},
                }
                for click in clicks
                if click.mailing_trace_id in customers
            ]
        )
        return clicks

    @api.model
    def add_click(self, code, **route_values):
        click = super(LinkTrackerClick, self.with_context(**{IMPLIED: True})).add_click(code, **route_values)
        return click and click.with_env(self.env)
