import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { BoardMenu } from "@crm_gamification/board_menu/board_menu";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { answerOf } from "./board_fixture";

defineMailModels();

test("nothing is asked before it is opened; then my place and the first three", async () => {
    onRpc("gamification.challenge", "get_leaderboard", () => {
        expect.step("read");
        return answerOf();
    });
    await mountWithCleanup(BoardMenu);
    expect.verifySteps([]);
    await contains(".o_crm_gamification_menu_toggle").click();
    expect.verifySteps(["read"]);
    expect(".o_crm_gamification_mine").toHaveText("Place 2\nof 4");
    expect(queryAllTexts(".o_crm_gamification_menu li .text-truncate")).toEqual([
        "Olga",
        "Otto",
        "Sara",
    ]);
    mockService("action", { doAction: (action) => expect.step(action) });
    await contains(".o_crm_gamification_go").click();
    expect.verifySteps(["crm_gamification.crm_leaderboard_action"]);
});

test("words where there is no board", async () => {
    onRpc("gamification.challenge", "get_leaderboard", () => ({ boards: [], board: false }));
    await mountWithCleanup(BoardMenu);
    await contains(".o_crm_gamification_menu_toggle").click();
    expect(".o_crm_gamification_menu p").toHaveText(
        "No leaderboard yet: you take part in no challenge.",
    );
});

test("stands in the top bar only while leaderboards are live", async () => {
    const { isDisplayed } = registry.category("systray").get("crm_gamification.board_menu");
    for (const isLive of [true, false, undefined]) {
        patchWithCleanup(session, { crm_gamification_live: isLive });
        expect(isDisplayed()).toBe(Boolean(isLive));
    }
});
