import { onWillDestroy } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";
import { ListController } from "@web/views/list/list_controller";
import { STEP } from "./live_service";

/** So long (ms) further steps are waited for, so that busy partners don't have the board count all the time. */
export const PATIENCE = 1000;

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
            let timer = null;
            useBus(this.env.bus, STEP, () => {
                timer ||= browser.setTimeout(() => {
                    timer = null;
                    this.model.load();
                }, PATIENCE);
            });
            onWillDestroy(() => browser.clearTimeout(timer));
        }
    };

registry
    .category("views")
    .add("crm_reseller_live_kanban", { ...kanbanView, Controller: live(KanbanController) })
    .add("crm_reseller_live_list", { ...listView, Controller: live(ListController) });
