import { Component, status } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ScorePopover } from "./score_popover";

const COLOURS = {
    A: "text-bg-success",
    B: "text-bg-info",
    C: "text-bg-warning",
    D: "text-bg-danger",
};

/** The score of an open lead with its band; a click says why. */
export class ScoreField extends Component {
    static template = "crm_lead_scoring.ScoreField";
    static props = { ...standardFieldProps, sayNone: { type: Boolean, optional: true } };

    setup() {
        this.orm = useService("orm");
        const isSmall = useService("ui").isSmall;
        this.popover = usePopover(ScorePopover, {
            position: "bottom-start",
            popoverClass: "o_crm_lead_scoring_popover_box mt-1",
            useBottomSheet: isSmall,
        });
    }

    get data() {
        return this.props.record.data;
    }

    get isShown() {
        const { win_score_state: state, won_status: ended } = this.data;
        const isKnown = ["scored", "not_better_than_base_rate"].includes(state);
        return ended === "pending" && (isKnown || (this.props.sayNone && Boolean(state)));
    }

    get text() {
        if (this.data.win_score_state === "too_little_data") {
            return _t("No score yet");
        }
        const score = formatFloat(this.data[this.props.name], { digits: [0, 0] });
        return [this.data.win_score_band, score].filter(Boolean).join(" ");
    }

    get colour() {
        return COLOURS[this.data.win_score_band] || "text-bg-300";
    }

    get title() {
        return _t("Score %s: see why", this.text);
    }

    /** Lists and boards open the record on Enter: on the badge it is the badge that is pressed. */
    onKeydown(ev) {
        if (["Enter", " "].includes(ev.key)) {
            ev.stopPropagation();
        }
    }

    async onClick(ev) {
        const button = ev.currentTarget;
        if (this.popover.isOpen) {
            return this.popover.close();
        }
        const record = this.props.record;
        // only a form saves: what is being typed there changes the score
        if (this.props.sayNone && !(await record.save())) {
            return;
        }
        const told = await this.orm.call("crm.lead", "get_score_reasons", [[record.resId]]);
        if (status(this) === "destroyed") {
            return;
        }
        const props = { told, leadId: record.resId, onChanged: () => record.load() };
        this.popover.open(button, props);
    }
}

registry.category("fields").add("crm_score", {
    component: ScoreField,
    displayName: _t("Score"),
    supportedTypes: ["float"],
    fieldDependencies: [
        { name: "win_score_band", type: "selection", readonly: true },
        { name: "win_score_state", type: "selection", readonly: true },
        { name: "won_status", type: "selection", readonly: true },
    ],
    listViewWidth: 80,
    extractProps: ({ viewType }) => ({ sayNone: viewType === "form" }),
});
