import { registry } from "@web/core/registry";

const TAB = ".o_notebook_headers a[name=assigned_partner]";

registry.category("web_tour.tours").add("crm_reseller_offer", {
    steps: () => [
        { trigger: TAB, run: "click" },
        { trigger: "button[name=action_offer_to_partners]", run: "click" },
        {
            content: "it says for how many leads partners are asked",
            trigger: ".o_notification:contains(Partners are asked for 1 of 1 leads)",
        },
        { trigger: TAB, run: "click" },
        {
            content: "who is asked stands on the lead, and nobody can be asked twice",
            trigger:
                ".o_field_widget[name=offer_ids] .o_data_row:contains(Brussels):contains(Waiting)",
        },
        { trigger: ".o_field_widget[name=offer_ids] .o_data_cell[name=partner_id]", run: "click" },
        {
            content: "why him",
            trigger: ".modal .o_field_widget[name=reasons]:contains(km away)",
        },
        { trigger: ".modal .btn-close", run: "click" },
        { trigger: ".o_field_widget[name=offer_ids] button[name=action_recall]", run: "click" },
        {
            trigger:
                ".o_field_widget[name=offer_ids] .o_data_row:contains(Brussels):contains(Recalled)",
        },
    ],
});
