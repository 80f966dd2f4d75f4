import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";
import { ListController } from "@web/views/list/list_controller";
import { STEP } from "./live_service";

/** An open lead is read again, with its messages, unless somebody is changing it just now. */
patch(FormController.prototype, {
    setup() {
        super.setup(...arguments);
        if (this.props.resModel === "crm.lead") {
            useBus(this.env.bus, STEP, ({ detail }) => this.onPartnerStep(detail));
        }
    },

    async onPartnerStep({ lead_id }) {
        const { root } = this.model;
        if (root?.resId === lead_id && !(await root.isDirty())) {
            await this.model.load();
        }
    },
});

const live = (Controller) =>
    class extends Controller {
        setup() {
            super.setup(...arguments);
            useBus(this.env.bus, STEP, () => this.model.load());
        }
    };

registry
    .category("views")
    .add("crm_reseller_live_kanban", { ...kanbanView, Controller: live(KanbanController) })
    .add("crm_reseller_live_list", { ...listView, Controller: live(ListController) });
