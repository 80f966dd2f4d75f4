import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** On a card whose column is no stage (the forecast): the red mark where its team has too much in its stage. */
export class StageCongestion extends Component {
    static template = "crm_reports.StageCongestion";
    static props = { ...standardWidgetProps };

    setup() {
        this.crmCongestion = useState(this.env.crmCongestion || { stages: {} });
    }

    get congestion() {
        const { stage_id: stage, team_id: team } = this.props.record.data;
        return this.crmCongestion.stages[stage.id]?.[team.id || 0];
    }

    get title() {
        return `${this.props.record.data.stage_id.display_name}\n${this.congestion}`;
    }
}

registry.category("view_widgets").add("crm_stage_congestion", {
    component: StageCongestion,
    fieldDependencies: [
        { name: "stage_id", type: "many2one" },
        { name: "team_id", type: "many2one" },
    ],
});
