import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Stage extends models.Model {
    _name = "crm.stage";
    name = fields.Char();
    _records = [
        { id: 1, name: "New" },
        { id: 2, name: "Qualified" },
    ];
}

class Team extends models.Model {
    _name = "crm.team";
    name = fields.Char();
    _records = [{ id: 1, name: "North" }];
}

class Lead extends models.Model {
    _name = "crm.lead";
    name = fields.Char();
    stage_id = fields.Many2one({ relation: "crm.stage" });
    team_id = fields.Many2one({ relation: "crm.team" });
    activity_state = fields.Selection({ selection: [["planned", "Planned"]] });
    expected_revenue = fields.Integer({ aggregator: "sum" });
    _records = [
        { id: 1, name: "one", stage_id: 1, team_id: 1 },
        { id: 2, name: "two", stage_id: 2, team_id: 1 },
    ];
}

defineMailModels();
defineModels([Stage, Team, Lead]);

function mountPipeline(groupBy, context = {}) {
    onRpc("has_group", () => false);
    onRpc("crm.stage", "get_congestion", () => {
        expect.step("asked");
        return { 2: { 1: "North: 12 open opportunities, usually at most 9." } };
    });
    return mountView({
        type: "kanban",
        resModel: "crm.lead",
        groupBy: [groupBy],
        context,
        arch: `
            <kanban js_class="crm_kanban">
                <progressbar field="activity_state" colors='{"planned": "success"}' sum_field="expected_revenue"/>
                <templates><t t-name="card"><field name="name"/><widget name="crm_stage_congestion"/></t></templates>
            </kanban>`,
    });
}

test("a congested stage is marked, and says why", async () => {
    await mountPipeline("stage_id");
    await animationFrame();
    expect.verifySteps(["asked"]);
    expect(".o_kanban_header .o_crm_reports_congestion").toHaveCount(1);
    expect(".o_kanban_group:eq(1) .o_kanban_header .o_crm_reports_congestion").toHaveAttribute(
        "title",
        "North: 12 open opportunities, usually at most 9.",
    );
});

test("columns of anything else are not asked about", async () => {
    await mountPipeline("team_id");
    expect.verifySteps([]);
    expect(".o_crm_reports_congestion").toHaveCount(0);
});

test("in the forecast cards of a congested stage are marked", async () => {
    await mountPipeline("team_id", { forecast_field: "date_deadline" });
    await animationFrame();
    expect.verifySteps(["asked"]);
    expect(".o_kanban_header .o_crm_reports_congestion").toHaveCount(0);
    expect(".o_kanban_record:contains(one) .o_crm_reports_congestion").toHaveCount(0);
    expect(".o_kanban_record:contains(two) .o_crm_reports_congestion").toHaveAttribute(
        "title",
        "Qualified\nNorth: 12 open opportunities, usually at most 9.",
    );
});
