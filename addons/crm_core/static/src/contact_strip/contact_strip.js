import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { DIRECTIONS, formatSpan } from "../timeline/contact_format";

/** Who wrote last, and how long ago: one short line for a pipeline card. */
export class ContactStripField extends Component {
    static template = "crm_core.ContactStripField";
    static props = { ...standardFieldProps };

    get contact() {
        const { data } = this.props.record;
        const moment = data[this.props.name];
        const direction = data.last_contact_direction;
        if (!moment || !direction) {
            return null;
        }
        const ago = moment.toRelative();
        return {
            icon: DIRECTIONS[direction].icon,
            age: formatSpan(-moment.diffNow("minutes").minutes, 1) || _t("now"),
            title: direction === "in" ? _t("Customer wrote %s", ago) : _t("We wrote %s", ago),
        };
    }
}

export const contactStripField = {
    component: ContactStripField,
    displayName: _t("Last Contact"),
    supportedTypes: ["datetime"],
    fieldDependencies: [
        {
            name: "last_contact_direction",
            type: "selection",
            selection: [
                ["in", _t("From the customer")],
                ["out", _t("From us")],
            ],
        },
    ],
};

registry.category("fields").add("crm_core_contact_strip", contactStripField);
