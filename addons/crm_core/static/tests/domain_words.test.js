import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Team extends models.Model {
    _name = "crm.team";
    filter = fields.Char();
    _records = [
        { id: 1, filter: "[('expected_revenue', '>', 100)]" },
        { id: 2, filter: "[]" },
        { id: 3, filter: false },
        { id: 4, filter: "[(broken" },
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";
    expected_revenue = fields.Float({ string: "Expected Revenue" });
}

defineModels([Team, Lead]);
defineMailModels();

test("filters stand in words; none takes all; a broken one is shown as it is", async () => {
    await mountView({
        type: "list",
        resModel: "crm.team",
        arch: `<list><field name="filter" widget="crm_core_domain_words" options="{'model': 'crm.lead'}"/></list>`,
    });
    expect(queryAllTexts(".o_crm_core_domain_words")).toEqual([
        "Expected Revenue greater than 100",
        "All",
        "All",
        "[(broken",
    ]);
});
