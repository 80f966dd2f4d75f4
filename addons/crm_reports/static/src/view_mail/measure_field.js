import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** A choice among the numbers of a view: they stand in another field of the record. */
export class MeasureField extends SelectionField {
    static props = { ...SelectionField.props, choices: { type: String } };

    get options() {
        return this.props.record.data[this.props.choices] || [];
    }

    get string() {
        const value = this.props.record.data[this.props.name];
        return this.options.find(([name]) => name === value)?.[1] || value || "";
    }

    onChange(value) {
        this.props.record.update({ [this.props.name]: value ?? false });
    }
}

registry.category("fields").add("crm_view_mail_measure", {
    ...selectionField,
    component: MeasureField,
    displayName: _t("Number of a View"),
    supportedTypes: ["char"],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...selectionField.extractProps(fieldInfo, dynamicInfo),
        choices: fieldInfo.options.choices,
    }),
});
