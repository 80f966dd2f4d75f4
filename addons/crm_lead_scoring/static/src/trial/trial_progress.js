import { Component, onWillUnmount, useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const EVERY_MS = 2000;

/** How far a trial that runs in the background has come; reads its record again until it is done. */
export class TrialProgress extends Component {
    static template = "crm_lead_scoring.TrialProgress";
    static props = { ...standardFieldProps };

    setup() {
        useEffect(
            (isRunning) => {
                if (isRunning) {
                    this.timer = browser.setTimeout(() => this.look(), EVERY_MS);
                }
            },
            () => [this.isRunning],
        );
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    get isRunning() {
        return this.props.record.data[this.props.name];
    }

    get percent() {
        return Math.round(this.props.record.data.progress);
    }

    async look() {
        await this.props.record.load();
        if (this.isRunning) {
            this.timer = browser.setTimeout(() => this.look(), EVERY_MS);
        }
    }
}

registry.category("fields").add("crm_score_trial_progress", {
    component: TrialProgress,
    supportedTypes: ["boolean"],
    fieldDependencies: [{ name: "progress", type: "float" }],
});
