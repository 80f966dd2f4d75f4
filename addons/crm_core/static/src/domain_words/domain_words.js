import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A filter in words, for lists: read only, and without counting records line by line. */
export class DomainWordsField extends Component {
    static template = "crm_core.DomainWordsField";
    static props = { ...standardFieldProps, resModel: { type: String } };

    setup() {
        this.treeProcessor = useService("tree_processor");
        this.state = useState({ words: "" });
        onWillStart(() => this.describe(this.props));
        onWillUpdateProps((nextProps) => this.describe(nextProps));
    }

    async describe({ record, name, resModel }) {
        const value = record.data[name] || "[]";
        try {
            const domain = new Domain(value).toList();
            if (!domain.length) {
                this.state.words = _t("All");
                return;
            }
            const tree = await this.treeProcessor.treeFromDomain(resModel, domain, true);
            this.state.words = await this.treeProcessor.getDomainTreeDescription(resModel, tree);
        } catch {
            this.state.words = value; // a filter that can't be read is shown as it is written
        }
    }
}

export const domainWordsField = {
    component: DomainWordsField,
    displayName: _t("Filter in Words"),
    supportedTypes: ["char"],
    extractProps: ({ options }) => ({ resModel: options.model }),
};

registry.category("fields").add("crm_core_domain_words", domainWordsField);
