import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("crm_suite_partner_accepts", {
    steps: () => [
        {
            content: "The home page of the portal",
            trigger: "a[href='/my/leads']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "A rival's lead is not there",
            trigger: "#wrap:not(:contains('Lead for Pacific'))",
        },
        { trigger: "a:contains('Lead for Rondo')", run: "click", expectUnloadPage: true },
        { trigger: "a.btn[data-bs-target='.modal_partner_assign_interested']", run: "click" },
        { trigger: ".modal.show .comment_interested", run: "edit Visit on Monday, about 4000" },
        { trigger: ".modal.show .contacted_interested", run: "click" },
        {
            trigger: ".modal.show .interested_partner_assign_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is a lead no longer", trigger: "#wrap:contains('There are no leads')" },
    ],
});

tours.add("crm_suite_partner_pipeline", {
    steps: () => [
        { trigger: "a[href='/my/opportunities']", run: "click", expectUnloadPage: true },
        {
            content: "His own deals only",
            trigger: "#wrap:contains('Deal of Rondo'):not(:contains('Deal of Pacific'))",
        },
        { content: "A deal of his own", trigger: "button[name=new_opp]", run: "click" },
        { trigger: ".modal.show .contact_name", run: "edit Conny Contact" },
        { trigger: ".modal.show .title", run: "edit Found it myself" },
        { trigger: ".modal.show .description", run: "edit They want two." },
        { trigger: ".modal.show .new_opp_confirm", run: "click", expectUnloadPage: true },
        { trigger: "h4:contains('Found it myself')" },
        {
            content: "On to the next stage",
            trigger: ".opp-stage-button:contains('Qualified')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".opp-stage-button.disabled:contains('Qualified')" },
        { trigger: "button[data-bs-target='.modal_edit_opp']", run: "click" },
        { trigger: ".modal.show .expected_revenue", run: "edit 1200" },
        { trigger: ".modal.show .edit_opp_confirm", run: "click", expectUnloadPage: true },
        { trigger: "#wrap h5:contains('1,200')" },
    ],
});
