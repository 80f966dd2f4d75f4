import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

export const CHANNEL = "crm_reseller.step";
/** On the bus of the page: a partner did something with a lead, {lead_id, step, words}. */
export const STEP = "CRM_RESELLER:STEP";
const SHOWN_MS = 15000;
const COLOURS = { declined: "warning", lost: "warning" };

/** What partners do, told at once: pages about it read themselves again, a few words pop up where it matters. */
export const liveService = {
    dependencies: ["action", "bus_service", "notification"],
    start(env, { action, bus_service: bus, notification }) {
        bus.subscribe(CHANNEL, (told) => {
            env.bus.trigger(STEP, told);
            if (!told.words) {
                return;
            }
            const close = notification.add(told.words, {
                type: COLOURS[told.step] || "success",
                autocloseDelay: SHOWN_MS,
                buttons: [
                    {
                        name: _t("Open"),
                        onClick: () => {
                            close();
                            action.doAction({
                                type: "ir.actions.act_window",
                                res_model: "crm.lead",
                                res_id: told.lead_id,
                                views: [[false, "form"]],
                            });
                        },
                    },
                ],
            });
        });
        bus.start();
    },
};

registry.category("services").add("crm_reseller.live", liveService);
