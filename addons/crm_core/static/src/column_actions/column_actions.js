import { CrmKanbanRenderer } from "@crm/views/crm_kanban/crm_kanban_renderer";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

/** Archive All and Restore All in the gear menu of each pipeline column. */
patch(CrmKanbanRenderer.components.KanbanHeader.prototype, {
    setup() {
        super.setup(...arguments);
        this.action = useService("action");
    },

    get configMenuProps() {
        const props = super.configMenuProps;
        const item = (mode, label, icon) => [
            `crm_${mode}_group`,
            {
                label,
                icon,
                class: `o_crm_core_${mode}_group`,
                isVisible: () =>
                    !this.props.list.model.useSampleModel &&
                    this.props.list.resModel === "crm.lead",
                method: () => this.changeColumn(mode),
            },
        ];
        return {
            ...props,
            configItems: [
                ...props.configItems,
                item("archive", _t("Archive All"), "fa-archive"),
                item("restore", _t("Restore All"), "fa-undo"),
            ],
        };
    },

    changeColumn(mode) {
        const { group } = this;
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: mode === "archive" ? _t("Archive All") : _t("Restore All"),
                res_model: "crm.column.change",
                views: [[false, "form"]],
                target: "new",
                context: {
                    default_mode: mode,
                    default_domain: JSON.stringify(group.list.domain),
                    default_column: group.displayName || _t("None"),
                },
            },
            { onClose: () => group.model.load() },
        );
    },
});

/** After the change: close the dialog and offer to undo it. */
export function columnChanged(env, action) {
    const { change_id: changeId, message } = action.params;
    const close = env.services.notification.add(message, {
        type: "success",
        autocloseDelay: 10000,
        buttons: [
            {
                name: _t("Undo"),
                primary: true,
                onClick: async () => {
                    close();
                    await env.services.orm.call("crm.column.change", "action_undo", [[changeId]]);
                    await env.services.action.doAction("soft_reload");
                },
            },
        ],
    });
    return { type: "ir.actions.act_window_close" };
}

registry.category("actions").add("crm_core.column_changed", columnChanged);
