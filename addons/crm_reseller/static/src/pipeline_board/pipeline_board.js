import { Interaction } from "@web/public/interaction";
import { Mutex } from "@web/core/utils/concurrency";
import { browser } from "@web/core/browser/browser";
import { post } from "@web/core/network/http_service";
import { registry } from "@web/core/registry";

const CARD = ".o_crm_reseller_card";
const COLUMN = ".o_crm_reseller_column";
const DRAGGABLE = "o_crm_reseller_draggable";

/**
 * Cards of the partner's pipeline are dragged to another stage; each has a menu that does the same by keyboard. A card
 * stands in its new place at once, and goes back with a notice if that could not be saved.
 */
export class PipelineBoard extends Interaction {
    static selector = ".o_crm_reseller_board";
    dynamicContent = {
        ".o_crm_reseller_card form": { "t-on-submit.prevent": this.onChoose },
    };

    setup() {
        // one after the other, so that the figures of the last answer are the newest
        this.saving = new Mutex();
    }

    start() {
        const { cleanup } = this.services.sortable
            .create({
                ref: { el: this.el },
                elements: `${CARD}.${DRAGGABLE}`,
                groups: `${COLUMN}.o_crm_reseller_open`,
                connectGroups: true,
                touchDelay: 300,
                ignore: "button, .dropdown",
                cursor: "grabbing",
                onDrop: ({ element, parent, next }) => this.move(element, parent, next),
            })
            .enable();
        this.registerCleanup(cleanup);
    }

    async onChoose(ev) {
        const card = ev.target.closest(CARD);
        const column = this.columnOf(ev.submitter.value);
        const moved = this.move(card, column, column.querySelector(CARD));
        card.querySelector("[data-bs-toggle=dropdown]").focus();
        await moved;
    }

    /** @param {Element} [next] the card that it is put before; without one it is the last of the column */
    async move(card, column, next) {
        if (column.dataset.stage === card.dataset.stage || !card.classList.contains(DRAGGABLE)) {
            return;
        }
        const home = [this.columnOf(card.dataset.stage), card.nextElementSibling];
        this.place(card, column, next);
        card.classList.remove(DRAGGABLE);
        card.classList.add("opacity-50");
        const answer = await this.waitFor(this.save(card.dataset.lead, column.dataset.stage));
        card.classList.add(DRAGGABLE);
        card.classList.remove("opacity-50");
        if (answer.trouble) {
            this.place(card, ...home);
            this.services.notification.add(answer.trouble, { type: "warning" });
        } else {
            this.show(answer.columns);
            this.el.querySelector(".o_crm_reseller_status").textContent =
                `${this.el.dataset.moved} ${column.querySelector(".o_crm_reseller_stage").textContent.trim()}`;
        }
    }

    place(card, column, next) {
        const before =
            next?.matches(CARD) && next.parentElement === column
                ? next
                : column.querySelector(".o_crm_reseller_more");
        column.insertBefore(card, before);
        card.dataset.stage = column.dataset.stage;
        for (const choice of card.querySelectorAll("button[name=stage_id]")) {
            choice.classList.toggle("d-none", choice.value === column.dataset.stage);
        }
    }

    async save(lead, stage) {
        const address = new URLSearchParams(browser.location.search);
        try {
            return await this.saving.exec(() =>
                post(`/my/pipeline/${lead}/move`, {
                    ...Object.fromEntries(address),
                    csrf_token: odoo.csrf_token,
                    stage_id: stage,
                    as_json: "1",
                }),
            );
        } catch {
            return { trouble: this.el.dataset.offline };
        }
    }

    show(columns) {
        for (const { id, count, sum } of columns) {
            const column = this.columnOf(id);
            if (column) {
                column.querySelector(".o_crm_reseller_count").textContent = count;
                column.querySelector(".o_crm_reseller_sum").textContent = sum;
            }
        }
    }

    columnOf(stage) {
        return this.el.querySelector(`${COLUMN}[data-stage="${stage}"]`);
    }
}

registry.category("public.interactions").add("crm_reseller.pipeline_board", PipelineBoard);
