import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, press, queryAllTexts } from "@odoo/hoot-dom";
import { BoardWall, TURN } from "@crm_gamification/wall/wall";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { answerOf } from "./board_fixture";

defineMailModels();

const OPTIONS = { challenge: 1, offset: 0, by: false };

async function openWall() {
    patchWithCleanup(Element.prototype, { requestFullscreen: () => Promise.reject() });
    onRpc("gamification.challenge", "get_leaderboard", ({ args }) => {
        expect.step(args[0]);
        return answerOf({}, { id: args[0], name: `Board ${args[0]}` });
    });
    await mountWithCleanup(BoardWall, {
        props: { options: OPTIONS, close: () => expect.step("left") },
    });
}

test("shows the first three big and the next beside them", async () => {
    await openWall();
    expect.verifySteps([1]);
    expect("h1").toHaveText("Board 1");
    expect(queryAllTexts(".o_crm_gamification_list .o_crm_gamification_name")).toEqual(["Fred"]);
    expect(".o_crm_gamification_wall").toBeFocused();
});

test("goes round the challenges that run, by itself and by the arrow keys; Escape leaves", async () => {
    await openWall();
    await advanceTime(TURN + 1);
    await animationFrame();
    expect("h1").toHaveText("Board 2");
    await press("ArrowRight");
    await animationFrame();
    await press("ArrowLeft");
    await animationFrame();
    expect.verifySteps([1, 2, 1, 2]);
    expect(".o_crm_gamification_dot").toHaveCount(2);
    await press("Escape");
    expect.verifySteps(["left"]);
});
