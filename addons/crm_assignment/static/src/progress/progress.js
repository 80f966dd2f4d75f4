import { Component, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Shows how far a run has come, and follows it while it is under way. */
export class AssignmentProgress extends Component {
    static template = "crm_assignment.Progress";
    static props = { ...standardWidgetProps };

    setup() {
        const bus = useService("bus_service");
        const onTold = ({ id }) => {
            if (id === this.props.record.resId) {
                this.props.record.load();
            }
        };
        useEffect(
            () => {
                bus.subscribe("crm_assignment.run", onTold);
                return () => bus.unsubscribe("crm_assignment.run", onTold);
            },
            () => [],
        );
    }

    get isRunning() {
        return this.props.record.data.state === "running";
    }

    get percent() {
        return Math.round(this.props.record.data.progress);
    }
}

registry.category("view_widgets").add("crm_assignment_progress", {
    component: AssignmentProgress,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "progress", type: "float" },
    ],
});
