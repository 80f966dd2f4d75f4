import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useAutofocus, useService } from "@web/core/utils/hooks";

class QuickNoteForm extends Component {
    static template = "crm_core.QuickNoteForm";
    static props = { close: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ text: "", saving: false });
        useAutofocus({ refName: "line" });
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing) {
            ev.preventDefault();
            this.save();
        }
    }

    async save() {
        if (this.state.saving || !this.state.text.trim()) {
            return;
        }
        this.state.saving = true;
        try {
            const lead = await this.orm.call("crm.lead", "create_from_phone_note", [
                this.state.text,
            ]);
            this.props.close();
            this.notifyCreated(lead);
        } finally {
            this.state.saving = false;
        }
    }

    notifyCreated(lead) {
        const close = this.notification.add(lead.name, {
            title: lead.type === "lead" ? _t("Lead noted") : _t("Opportunity noted"),
            type: "success",
            buttons: [
                {
                    name: _t("Open"),
                    primary: true,
                    onClick: () => {
                        close();
                        this.action.doAction({
                            type: "ir.actions.act_window",
                            res_model: "crm.lead",
                            res_id: lead.id,
                            views: [[false, "form"]],
                        });
                    },
                },
            ],
        });
    }
}

/** Systray: a phone enquiry noted in one line, from any screen. */
export class QuickNote extends Component {
    static template = "crm_core.QuickNote";
    static components = { Dropdown, QuickNoteForm };
    static props = {};

    setup() {
        this.dropdown = useDropdownState();
    }
}

const quickNote = {
    Component: QuickNote,
    isDisplayed: () => quickNote.isSalesperson,
    isSalesperson: false,
};

registry.category("services").add("crm_core.quick_note", {
    async start() {
        quickNote.isSalesperson = await user.hasGroup("sales_team.group_sale_salesman");
    },
});
registry.category("systray").add("crm_core.quick_note", quickNote, { sequence: 25 });
