import { registry } from "@web/core/registry";

const row = (label) => `.o_crm_core_timeline_event:contains(${label})`;
const noRow = (label) => `.o_crm_core_timeline:not(:has(${row(label)}))`;

registry.category("web_tour.tours").add("crm_core_timeline", {
    steps: () => [
        { trigger: ".o_notebook a[name=timeline]", run: "click" },
        {
            content: "two days, the latest first",
            trigger: `.o_crm_core_timeline_day:eq(0):contains(Today):has(${row("Expected revenue")})`,
        },
        {
            content: "with what was said",
            trigger: `.o_crm_core_timeline_day:eq(1) ${row("Customer wrote")}`,
        },
        { content: "only the conversation", trigger: "button[data-group=talk]", run: "click" },
        { trigger: `button[data-group=talk].active` },
        { trigger: `${noRow("Expected revenue")} ${row("Customer wrote")}` },
        { content: "all of it again", trigger: "button[data-group=talk]", run: "click" },
        { trigger: row("Expected revenue") },
    ],
});
