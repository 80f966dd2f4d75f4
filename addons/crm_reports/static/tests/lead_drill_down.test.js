import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { clickOnDataset, setupChartJsForTests } from "@web/../tests/views/graph/graph_test_helpers";

class Share extends models.Model {
    _name = "crm.attribution.share";
    kind = fields.Char();
    lead_id = fields.Integer();
    amount_linear = fields.Float({ string: "Linear", aggregator: "sum" });
    _records = [
        { id: 1, kind: "mail", lead_id: 1, amount_linear: 10 },
        { id: 2, kind: "mail", lead_id: 2, amount_linear: 20 },
        { id: 3, kind: "call", lead_id: 2, amount_linear: 30 },
    ];
}

defineMailModels();
defineModels([Share]);
setupChartJsForTests();

function expectLeads() {
    onRpc("crm.lead", "action_open_report_rows", ({ args }) => {
        expect.step(args);
        return { type: "ir.actions.act_window", res_model: "crm.lead", views: [[false, "list"]] };
    });
    mockService("action", {
        doAction(action) {
            expect.step(action.res_model);
        },
    });
}

test("a cell of the pivot opens the leads behind it", async () => {
    expectLeads();
    await mountView({
        type: "pivot",
        resModel: "crm.attribution.share",
        arch: `<pivot js_class="crm_lead_drill_down_pivot">
            <field name="kind" type="row"/><field name="amount_linear" type="measure"/>
        </pivot>`,
    });
    await contains("tbody tr:contains(mail) .o_pivot_cell_value").click();
    expect.verifySteps([["crm.attribution.share", [["kind", "=", "mail"]]], "crm.lead"]);
});

test("a bar of the graph opens the leads behind it", async () => {
    expectLeads();
    const view = await mountView({
        type: "graph",
        resModel: "crm.attribution.share",
        arch: `<graph js_class="crm_lead_drill_down_graph"><field name="kind"/></graph>`,
    });
    await clickOnDataset(view);
    expect.verifySteps([["crm.attribution.share", [["kind", "=", "call"]]], "crm.lead"]);
});
