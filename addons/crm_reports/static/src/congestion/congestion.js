import { CrmColumnProgress } from "@crm/views/crm_kanban/crm_column_progress";
import { CrmKanbanRenderer } from "@crm/views/crm_kanban/crm_kanban_renderer";
import { onWillStart, useSubEnv } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

/** Columns of congested stages are marked in red; pointing at the mark says why. */
patch(CrmKanbanRenderer.prototype, {
    setup() {
        super.setup(...arguments);
        const orm = useService("orm");
        const congestion = { stages: {} };
        useSubEnv({ crmCongestion: congestion });
        onWillStart(async () => {
            const { groupByField, resModel } = this.props.list;
            if (resModel === "crm.lead" && groupByField?.name === "stage_id") {
                congestion.stages = await orm.silent.call("crm.stage", "get_congestion");
            }
        });
    },
});

patch(CrmColumnProgress.prototype, {
    get congestion() {
        const { stages } = this.env.crmCongestion || {};
        const { groupByField, value } = this.props.group;
        return groupByField.name === "stage_id" && stages?.[value]?.join("\n");
    },
});
