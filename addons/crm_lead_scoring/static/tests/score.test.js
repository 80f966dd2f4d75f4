import { expect, test } from "@odoo/hoot";
import { queryAllTexts, waitFor, waitForNone } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

const TOLD = {
    score: 82.4,
    band: "A",
    state: "scored",
    probability: 82.4,
    typed: false,
    base: 38,
    closed: 200,
    learned_on: "2026-03-02T09:00:00",
    reasons: [
        { name: "country_id", label: "Country", value: "Hungary", points: 31.2 },
        { name: "has.phone", label: "Phone known", value: "no", points: -4 },
    ],
    rest: 17.2,
    similar: { count: 240, share: 80, low: 75, high: 85 },
    raises: [{ step: "phone", label: "Ask for a phone number", points: 6.3 }],
};
const SELECTION = { readonly: true, selection: [] };

class Lead extends models.Model {
    _name = "crm.lead";
    name = fields.Char();
    win_score = fields.Float({ readonly: true });
    win_score_band = fields.Selection({
        ...SELECTION,
        selection: [..."ABCD"].map((one) => [one, one]),
    });
    win_score_state = fields.Selection({
        readonly: true,
        selection: ["scored", "too_little_data", "not_better_than_base_rate"].map((one) => [
            one,
            one,
        ]),
    });
    won_status = fields.Selection({
        readonly: true,
        selection: ["pending", "won", "lost"].map((one) => [one, one]),
    });
    _records = [
        {
            id: 1,
            name: "good",
            win_score: 82.4,
            win_score_band: "A",
            win_score_state: "scored",
            won_status: "pending",
        },
        {
            id: 2,
            name: "won",
            win_score: 82.4,
            win_score_band: "A",
            win_score_state: "scored",
            won_status: "won",
        },
        { id: 3, name: "new", win_score_state: "too_little_data", won_status: "pending" },
        {
            id: 4,
            name: "flat",
            win_score: 38,
            win_score_state: "not_better_than_base_rate",
            won_status: "pending",
        },
    ];
}

defineMailModels();
defineModels([Lead]);

const FORM = `<form><field name="name"/><field name="win_score" widget="crm_score"/></form>`;

function tell(told) {
    onRpc("crm.lead", "get_score_reasons", ({ args }) => {
        expect.step(`asked for ${args[0][0]}`);
        return { ...TOLD, ...told };
    });
}

function mountForm(resId, told) {
    tell(told);
    return mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        arch: FORM,
    });
}

test("only open leads with a score have a badge in lists", async () => {
    await mountView({
        type: "list",
        resModel: "crm.lead",
        arch: `<list><field name="name"/><field name="win_score" widget="crm_score"/></list>`,
    });
    expect(queryAllTexts("td[name=win_score]")).toEqual(["A 82", "", "", "38"]);
});

test("the popover says why, how sure, and what would raise it", async () => {
    await mountForm(1);
    await contains(".o_crm_lead_scoring_badge").click();
    expect.verifySteps(["asked for 1"]);
    expect(".o_crm_lead_scoring_headline").toHaveText(
        "Of 100 leads like this one, about 82 are won.",
    );
    expect(".o_crm_lead_scoring_base").toHaveText("Of 100 leads of any kind, 38 are won.");
    expect(queryAllTexts(".o_crm_lead_scoring_reason")).toEqual([
        "Country: Hungary\n+31",
        "Phone known: no\n−4",
    ]);
    expect(".o_crm_lead_scoring_rest").toHaveText("All else\n+17");
    expect(".o_crm_lead_scoring_sure").toHaveText(
        "Of 240 past leads with a score like this, 75–85 % were won.",
    );
    expect(".o_crm_lead_scoring_typed").toHaveCount(0);
});

test("a step opens where it is taken, and the lead is read again after it", async () => {
    // the real action service, and a server that takes its time: what a popover waits for
    // that is closed meanwhile never comes
    onRpc("crm.lead", "action_score_step", async ({ args }) => {
        await animationFrame();
        await animationFrame();
        expect.step(`step ${args[1]}`);
        return {
            type: "ir.actions.act_window",
            name: "Phone Number",
            res_model: "crm.lead",
            res_id: args[0][0],
            views: [[false, "form"]],
            target: "new",
        };
    });
    tell();
    Lead._views = { form: FORM };
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        res_model: "crm.lead",
        res_id: 1,
        views: [[false, "form"]],
    });
    await contains(".o_crm_lead_scoring_badge").click();
    await contains("button[data-step=phone]").click();
    await waitFor(".modal-title:contains(Phone Number)");
    expect(".o_crm_lead_scoring_popover").toHaveCount(0);
    onRpc("crm.lead", "web_read", () => expect.step("read again"));
    await contains(".modal .btn-close").click();
    await waitForNone(".modal");
    await animationFrame();
    expect.verifySteps(["asked for 1", "step phone", "read again"]);
});

test("too few closed leads, the base rate and a typed probability are said plainly", async () => {
    await mountForm(3, {
        state: "too_little_data",
        base: undefined,
        typed: true,
        probability: 33,
        reasons: undefined,
        similar: undefined,
        raises: undefined,
        closed: 10,
        needed: 50,
        needed_each: 10,
    });
    expect(".o_crm_lead_scoring_badge").toHaveText("No score yet");
    await contains(".o_crm_lead_scoring_badge").click();
    expect.verifySteps(["asked for 3"]);
    expect(".o_crm_lead_scoring_too_few").toHaveText(
        /until 50 leads are closed.*Now 10 are closed/,
    );
    expect(".o_crm_lead_scoring_typed").toHaveText(
        /^The probability of 33 % was typed by a person/,
    );
    expect(".o_crm_lead_scoring_reason").toHaveCount(0);
});
