import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const PAGE = {
    base: 0.5,
    calibration: [
        [10, 0.2, 0.1, 0.3],
        [10, 0.8, 0.9, 0.9],
    ],
    losses: [
        { name: "base", label: "Base rate", value: 0.693 },
        { name: "own", label: "This version", value: 0.4 },
    ],
    features: [
        { name: "country_id", label: "Country", share: 1 },
        { name: "has.phone", label: "Phone known", share: 0.4 },
        { name: "city", label: "City", share: 0.001 },
    ],
    leaks: [{ name: "ref", label: "Order", why: "Too good", is_used: false }],
    as_it_stands: ["City"],
    curve: [{ name: "1.0", label: "The newest 90 leads", value: 0.5 }],
    teams: [
        {
            id: 3,
            label: "Europe",
            leads: 40,
            said: 0.51,
            won: 0.5,
            log_loss: 0.5,
            base_log_loss: 0.69,
        },
    ],
};

class Version extends models.Model {
    _name = "crm.scoring.model";
    page = fields.Json();
    _records = [{ id: 1, page: PAGE }];
}

defineMailModels();
defineModels([Version]);

function mountPage(widget) {
    return mountView({
        type: "form",
        resModel: "crm.scoring.model",
        resId: 1,
        arch: `<form><field name="page" widget="${widget}" nolabel="1"/></form>`,
    });
}

test("quality: two charts and how far off each was", async () => {
    await mountPage("crm_score_quality");
    expect("canvas").toHaveCount(2);
    expect(queryAllTexts(".o_crm_lead_scoring_loss")).toEqual([
        "Base rate\n0.693",
        "This version\n0.400",
        "The newest 90 leads\n0.500",
    ]);
});

test("quality: how it did in each team", async () => {
    await mountPage("crm_score_quality");
    expect(queryAllTexts(".o_crm_lead_scoring_teams tbody td")).toEqual([
        "Europe",
        "40",
        "51",
        "50",
        "0.500",
        "0.690",
    ]);
});

test("features: the telling ones, and what is learned as it stands", async () => {
    await mountPage("crm_score_features");
    expect(queryAllTexts(".o_crm_lead_scoring_feature")).toEqual(["Country", "Phone known"]);
    expect(".o_crm_lead_scoring_features p:last").toHaveText(/as they stand: City/);
});

test("leaks: a manager uses one all the same", async () => {
    onRpc("crm.scoring.model", "action_use_field", ({ args }) => {
        expect.step(args.join(" "));
        return true;
    });
    await mountPage("crm_score_leaks");
    await contains("button:contains(Use It All the Same)").click();
    expect.verifySteps(["1 ref take_in"]);
});

test("drift: nothing is compared until asked", async () => {
    onRpc("crm.scoring.model", "get_drift", () => {
        expect.step("compared");
        return { count: 7, rows: [{ name: "city", label: "City", value: 0.31, level: "changed" }] };
    });
    await mountPage("crm_score_drift");
    expect.verifySteps([]);
    await contains(".o_crm_lead_scoring_drift button").click();
    expect.verifySteps(["compared"]);
    expect(queryAllTexts(".o_crm_lead_scoring_moved")).toEqual(["City\n0.31\nChanged much"]);
});
