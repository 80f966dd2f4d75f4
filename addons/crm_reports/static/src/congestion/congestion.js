import { CrmColumnProgress } from "@crm/views/crm_kanban/crm_column_progress";
import { CrmKanbanRenderer } from "@crm/views/crm_kanban/crm_kanban_renderer";
import { onMounted, useState, useSubEnv } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

/** Columns of congested stages are marked in red; pointing at the mark says why. The pipeline does not wait for it. */
patch(CrmKanbanRenderer.prototype, {
    setup() {
        super.setup(...arguments);
        const orm = useService("orm");
        const congestion = useState({ stages: {} });
        useSubEnv({ crmCongestion: congestion });
        onMounted(async () => {
            const { context, groupByField, resModel } = this.props.list;
            if (
                resModel === "crm.lead" &&
                (groupByField?.name === "stage_id" || context.forecast_field)
            ) {
                congestion.stages = await orm.silent.call("crm.stage", "get_congestion");
            }
        });
    },
});

patch(CrmColumnProgress.prototype, {
    setup() {
        super.setup(...arguments);
        this.crmCongestion = useState(this.env.crmCongestion || { stages: {} });
    },

    get congestion() {
        const { groupByField, value } = this.props.group;
        return (
            groupByField.name === "stage_id" &&
            Object.values(this.crmCongestion.stages[value] || {}).join("\n")
        );
    },
});
