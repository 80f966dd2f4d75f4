import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { mockDate } from "@odoo/hoot-mock";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Lead extends models.Model {
    _name = "crm.lead";
    last_contact_date = fields.Datetime();
    last_contact_direction = fields.Selection({
        selection: [
            ["in", "In"],
            ["out", "Out"],
        ],
    });
    _records = [
        { id: 1, last_contact_date: "2026-03-01 09:00:00", last_contact_direction: "in" },
        { id: 2, last_contact_date: "2026-03-04 04:30:00", last_contact_direction: "out" },
        { id: 3, last_contact_date: "2026-03-04 09:59:40", last_contact_direction: "in" },
        { id: 4 },
    ];
}

defineModels([Lead]);
defineMailModels();

beforeEach(() => mockDate("2026-03-04 10:00:00", 2));

test("a card says who wrote last and how long ago; without contact it says nothing", async () => {
    await mountView({
        type: "kanban",
        resModel: "crm.lead",
        arch: `<kanban><templates><t t-name="card">
            <field name="last_contact_date" widget="crm_core_contact_strip"/>
        </t></templates></kanban>`,
    });
    const strip = ".o_crm_core_contact_strip";
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(4);
    expect(queryAllTexts(strip)).toEqual(["3 d", "5 h", "now"]);
    expect(queryAllAttributes(strip, "title")).toEqual([
        "Customer wrote 3 days ago",
        "We wrote 5 hours ago",
        "Customer wrote 20 seconds ago",
    ]);
    expect(`.o_kanban_record:eq(0) .fa-long-arrow-left`).toHaveCount(1);
    expect(`.o_kanban_record:eq(1) .fa-long-arrow-right`).toHaveCount(1);
    expect(`.o_kanban_record:eq(3) ${strip}`).toHaveCount(0);
});
