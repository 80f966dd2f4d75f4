import { Interaction } from "@web/public/interaction";
import { post } from "@web/core/network/http_service";
import { registry } from "@web/core/registry";

/** Cards of the partner's pipeline are dragged to another stage; each has a menu that does the same by keyboard. */
export class PipelineBoard extends Interaction {
    static selector = ".o_crm_reseller_board";

    start() {
        const { cleanup } = this.services.sortable
            .create({
                ref: { el: this.el },
                elements: ".o_crm_reseller_card.o_crm_reseller_draggable",
                groups: ".o_crm_reseller_column.o_crm_reseller_open",
                connectGroups: true,
                touchDelay: 300,
                ignore: "button, .dropdown",
                cursor: "grabbing",
                onDrop: (params) => this.onDrop(params),
            })
            .enable();
        this.registerCleanup(cleanup);
    }

    async onDrop({ element, parent }) {
        const stage = (parent || element.closest(".o_crm_reseller_column")).dataset.stage;
        if (stage === element.dataset.stage) {
            return;
        }
        let trouble = "";
        try {
            const answer = await this.waitFor(
                post(`/my/pipeline/${element.dataset.lead}/move`, {
                    csrf_token: odoo.csrf_token,
                    stage_id: stage,
                    as_json: "1",
                }),
            );
            trouble = answer.trouble;
        } catch {
            trouble = this.el.dataset.offline;
        }
        if (trouble) {
            this.services.notification.add(trouble, { type: "warning" });
            this.waitForTimeout(() => window.location.reload(), 3000);
        } else {
            window.location.reload();
        }
    }
}

registry.category("public.interactions").add("crm_reseller.pipeline_board", PipelineBoard);
