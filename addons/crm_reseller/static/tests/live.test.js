import { expect, test } from "@odoo/hoot";
import { animationFrame, waitFor } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { CHANNEL, STEP } from "@crm_reseller/live/live_service";
import { PATIENCE } from "@crm_reseller/live/live_views";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getMockEnv,
    MockServer,
    mockService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

class Lead extends models.Model {
    _name = "crm.lead";
    name = fields.Char();
    _records = [{ id: 1, name: "Offices" }];
}

class Board extends models.Model {
    _name = "crm.reseller.board";
    open_count = fields.Integer();
    _records = [{ id: 1, open_count: 3 }];
}

defineMailModels();
defineModels([Lead, Board]);

async function aPartnerDid(lead_id) {
    getMockEnv().bus.trigger(STEP, { lead_id, step: "move", words: "" });
    await animationFrame();
    await animationFrame();
}

test("an open lead is read again, another's step leaves it alone", async () => {
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 1,
        arch: `<form><field name="name"/></form>`,
    });
    MockServer.env["crm.lead"].write([1], { name: "Offices, second floor" });
    await aPartnerDid(2);
    expect("[name=name] input").toHaveValue("Offices");
    await aPartnerDid(1);
    expect("[name=name] input").toHaveValue("Offices, second floor");
});

test("what somebody is typing is not taken from him", async () => {
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 1,
        arch: `<form><field name="name"/></form>`,
    });
    await contains("[name=name] input").edit("My own words", { confirm: false });
    MockServer.env["crm.lead"].write([1], { name: "Offices, second floor" });
    await aPartnerDid(1);
    expect("[name=name] input").toHaveValue("My own words");
});

test("the board of partners counts again, once for steps that follow each other", async () => {
    onRpc("web_search_read", () => expect.step("count"));
    await mountView({
        type: "list",
        resModel: "crm.reseller.board",
        arch: `<list js_class="crm_reseller_live_list"><field name="open_count"/></list>`,
    });
    MockServer.env["crm.reseller.board"].write([1], { open_count: 4 });
    expect.verifySteps(["count"]);
    await aPartnerDid(9);
    await aPartnerDid(8);
    await advanceTime(PATIENCE);
    await animationFrame();
    expect.verifySteps(["count"]);
    expect("[name=open_count].o_data_cell").toHaveText("4");
});

test("a few words pop up, with the way to the lead", async () => {
    mockService("action", {
        doAction({ res_model, res_id }) {
            expect.step(`${res_model} ${res_id}`);
        },
    });
    await mountWithCleanup(WebClient);
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, CHANNEL, {
        lead_id: 1,
        step: "won",
        words: "Leeds won: Offices",
    });
    await waitFor(".o_notification:contains('Leeds won: Offices')");
    await contains(".o_notification button:contains('Open')").click();
    expect.verifySteps(["crm.lead 1"]);
});
