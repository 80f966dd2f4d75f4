import { expect, test } from "@odoo/hoot";
import { advanceTime, queryAllTexts, waitFor } from "@odoo/hoot-dom";
import { PATIENCE, SPREAD } from "@crm_gamification/board/use_board";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    MockServer,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { answerOf, rowOf } from "./board_fixture";

defineMailModels();

async function openBoard(answer = () => answerOf()) {
    onRpc("gamification.challenge", "get_leaderboard", ({ args }) => {
        expect.step(JSON.stringify(args));
        return answer(args);
    });
    onRpc("gamification.challenge", "get_board", ({ args }) => {
        expect.step(`again ${JSON.stringify(args)}`);
        return answer(args).board;
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_gamification.leaderboard",
        params: { challenge_id: 1 },
    });
}

test("podium and list of a board, with the goals and what time is left", async () => {
    await openBoard();
    expect.verifySteps(["[1,0,null]"]);
    expect(".o_crm_gamification_title").toHaveText("Most deals");
    expect(".o_crm_gamification_label").toHaveText("March 2026");
    expect(queryAllTexts(".o_crm_gamification_podium .o_crm_gamification_name")).toEqual([
        "Olga",
        "Otto",
        "Sara",
    ]);
    expect(".o_crm_gamification_row").toHaveCount(4);
    expect(".o_crm_gamification_live").toHaveCount(1);
});

test("another challenge, period or way is asked for with the rest kept", async () => {
    await openBoard(([challenge, offset, by]) =>
        answerOf(
            {},
            { id: challenge, by: by || "person", period: { offset, label: "", recurs: true } },
        ),
    );
    await contains(".o_crm_gamification_by").select("team");
    await contains(".o_crm_gamification_period button:first").click();
    await contains(".o_crm_gamification_challenge").select("2");
    expect.verifySteps(["[1,0,null]", `[1,0,"team"]`, `[1,-1,"team"]`, "[2,0,null]"]);
});

test("weights stand beside the goals where they differ", async () => {
    const lines = [
        { id: 7, name: "Deals", weight: 2 },
        { id: 8, name: "Money", weight: 1 },
    ];
    await openBoard(() => answerOf({}, { lines }));
    expect(".text-muted:contains('Deals × 2 + Money × 1')").toHaveCount(1);
    expect.verifySteps(["[1,0,null]"]);
});

test("words instead of a board, and the way to make one for who may", async () => {
    await openBoard(() => ({ boards: [], board: false, is_live: false, can_make: true }));
    expect.verifySteps(["[1,0,null]"]);
    expect(".o_crm_gamification_none h3").toHaveText("No leaderboard yet");
    mockService("action", { doAction: (action) => expect.step(action) });
    await contains(".o_crm_gamification_none button").click();
    expect.verifySteps(["gamification.challenge_list_action"]);
});

test("nobody has a figure yet: people are listed, nobody stands on the podium", async () => {
    await openBoard(() => answerOf({}, { rows: [rowOf("Olga", false, 0)] }));
    expect(".o_crm_gamification_podium").toHaveCount(0);
    expect(".o_crm_gamification_begin p").toHaveText(
        "Nobody has a figure yet. The first one takes the lead.",
    );
    expect(".o_crm_gamification_row").toHaveCount(1);
    expect.verifySteps(["[1,0,null]"]);
});

test("messages that come together let the board be read once more", async () => {
    const rows = [rowOf("Olga", 1, 120), rowOf("Otto", 2, 80)];
    let answer = answerOf({}, { rows });
    await openBoard(() => answer);
    expect.verifySteps(["[1,0,null]"]);
    getService("bus_service").start();
    answer = answerOf({}, { rows: [rowOf("Otto", 1, 130), rowOf("Olga", 2, 120)] });
    for (const team of [1, 2, 3]) {
        MockServer.env["bus.bus"]._sendone("broadcast", "crm_gamification.board", {
            team_ids: [team],
        });
    }
    await advanceTime(PATIENCE + SPREAD + 1);
    await expect.waitForSteps(["again [[1],0,null]"]);
    await advanceTime(PATIENCE + SPREAD + 1);
    expect(queryAllTexts(".o_crm_gamification_podium .o_crm_gamification_name")).toEqual([
        "Otto",
        "Olga",
    ]);
    expect.verifySteps([]);
});

test("figures that can't be read again stay, and it says so", async () => {
    let fails = false;
    await openBoard(() => {
        if (fails) {
            throw new Error("gone");
        }
        return answerOf();
    });
    getService("bus_service").start();
    fails = true;
    MockServer.env["bus.bus"]._sendone("broadcast", "crm_gamification.board", { team_ids: [] });
    await advanceTime(PATIENCE + SPREAD + 1);
    await expect.waitForSteps(["[1,0,null]", "again [[1],0,null]"]);
    await waitFor("[role=status]:contains(these are the last ones)", { timeout: 1000 });
    expect(".o_crm_gamification_row").toHaveCount(4);
});

test("a figure opens its deals in the period that is shown", async () => {
    const figures = [{ line_id: 7, name: "Deals", text: "12 deals", opens: true }];
    const mine = rowOf("Olga", 1, 120, { user_id: 5, is_me: true, figures, figure: "12 deals" });
    await openBoard(() => answerOf({}, { rows: [mine] }));
    onRpc("gamification.challenge", "open_figure", ({ args }) => {
        expect.step(`open ${JSON.stringify(args)}`);
        return { type: "ir.actions.act_window", name: "Deals" };
    });
    mockService("action", { doAction: (action) => expect.step(action.name) });
    await contains(".o_crm_gamification_total .o_crm_gamification_open").click();
    expect.verifySteps(["[1,0,null]", "open [[1],7,5,0]", "Deals"]);
});
