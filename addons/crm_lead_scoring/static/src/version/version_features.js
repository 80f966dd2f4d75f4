import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const SHOWN = 15;

/** What a version goes by, the most telling first. */
export class VersionFeatures extends Component {
    static template = "crm_lead_scoring.VersionFeatures";
    static props = { ...standardFieldProps };

    get page() {
        return this.props.record.data[this.props.name] || {};
    }

    get features() {
        return (this.page.features || []).filter(({ share }) => share >= 0.01).slice(0, SHOWN);
    }

    get asItStands() {
        return (this.page.as_it_stands || []).join(", ");
    }
}

registry.category("fields").add("crm_score_features", {
    component: VersionFeatures,
    supportedTypes: ["json"],
});
