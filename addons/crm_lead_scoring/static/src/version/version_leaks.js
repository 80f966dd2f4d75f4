import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Columns that seem to give the answer away, and what a manager says of them. */
export class VersionLeaks extends Component {
    static template = "crm_lead_scoring.VersionLeaks";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
    }

    get leaks() {
        return this.props.record.data[this.props.name]?.leaks || [];
    }

    async say(name, use) {
        const record = this.props.record;
        await this.orm.call(record.resModel, "action_use_field", [[record.resId], name, use]);
        await record.load();
    }
}

registry.category("fields").add("crm_score_leaks", {
    component: VersionLeaks,
    supportedTypes: ["json"],
});
