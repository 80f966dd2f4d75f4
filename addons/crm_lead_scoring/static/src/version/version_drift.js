import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const WORDS = {
    steady: { label: _t("As before"), colour: "text-bg-success" },
    moved: { label: _t("Moved"), colour: "text-bg-warning" },
    changed: { label: _t("Changed much"), colour: "text-bg-danger" },
};

/** Compares the leads of the last days with those that were learned from, when asked to. */
export class VersionDrift extends Component {
    static template = "crm_lead_scoring.VersionDrift";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ found: null, isBusy: false });
    }

    get rows() {
        return this.state.found.rows.map((row) => ({
            ...row,
            what: row.label,
            ...WORDS[row.level],
        }));
    }

    async compare() {
        const { resModel, resId } = this.props.record;
        this.state.isBusy = true;
        try {
            this.state.found = await this.orm.call(resModel, "get_drift", [[resId]]);
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("fields").add("crm_score_drift", {
    component: VersionDrift,
    supportedTypes: ["json"],
});
