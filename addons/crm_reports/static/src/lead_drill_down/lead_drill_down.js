import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
import { pivotView } from "@web/views/pivot/pivot_view";

/**
 * A cell or bar of a report opens the leads behind it, not the report's own rows. For any model that
 * has a `lead_id`.
 */
export const leadDrillDown = (Renderer) =>
    class extends Renderer {
        async openView(domain, views, context, newWindow) {
            const action = await this.env.services.orm.call("crm.lead", "action_open_report_rows", [
                this.model.metaData.resModel,
                domain,
            ]);
            return this.actionService.doAction(action, { newWindow });
        }
    };

export const leadDrillDownPivotView = {
    ...pivotView,
    Renderer: leadDrillDown(pivotView.Renderer),
};
export const leadDrillDownGraphView = {
    ...graphView,
    Renderer: leadDrillDown(graphView.Renderer),
};

registry.category("views").add("crm_lead_drill_down_pivot", leadDrillDownPivotView);
registry.category("views").add("crm_lead_drill_down_graph", leadDrillDownGraphView);
