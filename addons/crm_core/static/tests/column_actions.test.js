import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { columnChanged } from "@crm_core/column_actions/column_actions";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Stage extends models.Model {
    _name = "crm.stage";
    name = fields.Char();
    _records = [
        { id: 1, name: "New" },
        { id: 2, name: "Won" },
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";
    name = fields.Char();
    stage_id = fields.Many2one({ relation: "crm.stage" });
    _records = [
        { id: 1, name: "One", stage_id: 1 },
        { id: 2, name: "Two", stage_id: 2 },
    ];
}

defineModels([Lead, Stage]);
defineMailModels();

const arch = `
    <kanban js_class="crm_kanban">
        <templates><t t-name="card"><field name="name"/></t></templates>
    </kanban>`;

test.tags("desktop");
test("the gear menu of a column asks to archive just what the column shows", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(action.res_model);
            expect.step(action.context.default_mode);
            expect.step(action.context.default_column);
            expect.step(action.context.default_domain);
        },
    });
    await mountView({
        type: "kanban",
        resModel: "crm.lead",
        groupBy: ["stage_id"],
        domain: [["id", ">", 0]],
        arch,
    });
    await contains(".o_kanban_group:first .o_group_config button", { visible: false }).click();
    expect(queryAllTexts(".o-dropdown--group-config-menu .dropdown-item").slice(-2)).toEqual([
        "Archive All",
        "Restore All",
    ]);
    await contains(".o_crm_core_archive_group").click();
    expect.verifySteps([
        "crm.column.change",
        "archive",
        "New",
        JSON.stringify(["&", ["id", ">", 0], ["stage_id", "=", 1]]),
    ]);
});

test("after the change there is a way back", async () => {
    const calls = [];
    const env = {
        services: {
            notification: {
                add: (message, options) => {
                    calls.push(message);
                    calls.push(options.buttons[0].onClick);
                    return () => calls.push("closed");
                },
            },
            orm: { call: async (...args) => calls.push(args) },
            action: { doAction: async (action) => calls.push(action) },
        },
    };
    const result = columnChanged(env, { params: { change_id: 7, message: "3 archived in New" } });
    expect(result.type).toBe("ir.actions.act_window_close");
    expect(calls[0]).toBe("3 archived in New");
    await calls[1]();
    expect(calls.slice(2)).toEqual([
        "closed",
        ["crm.column.change", "action_undo", [[7]]],
        "soft_reload",
    ]);
});
