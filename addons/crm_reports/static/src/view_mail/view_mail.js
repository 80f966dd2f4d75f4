import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { ListController } from "@web/views/list/list_controller";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";
import { mailedView } from "./view_mail_values";

/** Lets the mail have the columns that its maker sees. */
patch(ListController.prototype, {
    setup() {
        super.setup(...arguments);
        if (this.env.searchModel) {
            this.env.searchModel.visibleListColumns = () =>
                this.getExportableFields().map((field) => field.name);
        }
    },
});

/** The entry of the cog: opens the dialog, filled with the view that is open. */
export class MailThisView extends Component {
    static template = "crm_reports.MailThisView";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
    }

    open() {
        return this.action.doAction("crm_reports.crm_view_mail_action_new", {
            additionalContext: { view_mail: mailedView(this.env) },
        });
    }
}

export const mailThisViewItem = {
    Component: MailThisView,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: ({ config, searchModel }) =>
        Boolean(session.crm_view_mail) &&
        ["list", "pivot", "graph"].includes(config.viewType) &&
        config.actionType === "ir.actions.act_window" &&
        !["crm.view.mail", "crm.view.mail.sending"].includes(searchModel.resModel),
};

registry.category("cogMenu").add("crm-mail-this-view", mailThisViewItem, { sequence: 15 });

/** Where the link in a mail leads: the view with its filter. */
registry.category("actions").add("crm_reports.open_mailed_view", async (env, action) => {
    const id = action.context.active_id || action.params?.active_id;
    try {
        return await env.services.orm.call("crm.view.mail", "open_for_me", [id]);
    } catch (error) {
        env.services.notification.add(error.data?.message || _t("The view can't be opened."), {
            type: "warning",
        });
        return { type: "ir.actions.client", tag: "menu" };
    }
});
