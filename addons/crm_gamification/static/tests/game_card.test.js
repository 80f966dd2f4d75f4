import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { GameCard } from "@crm_gamification/game_card/game_card";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { answerOf } from "./board_fixture";

defineMailModels();

const CARD = {
    rank: "Student",
    karma: 120,
    next: "380 more to Bachelor",
    badges: [
        { id: 1, name: "First Deal", count: 1, image: false, whys: ["Deal won: the first one."] },
        { id: 2, name: "Thanks", count: 3, image: "/badge", whys: [] },
    ],
    streaks: [{ key: "wins", icon: "fa-fire", text: "3 weeks in a row", hint: "" }],
};

test("rank, badges with why and how often, and streaks", async () => {
    await mountWithCleanup(GameCard, { props: { card: CARD } });
    expect(".o_crm_gamification_rank").toHaveText("Student, 120 karma, 380 more to Bachelor");
    expect(queryAllTexts("li .fw-bold")).toEqual(["First Deal", "Thanks"]);
    expect("li:first .small").toHaveText("Deal won: the first one.");
    expect("li:first .badge").toHaveCount(0);
    expect("li:last .badge").toHaveText("times\n× 3");
    expect(".o_crm_gamification_streak").toHaveText("3 weeks in a row");
});

test("words for who has nothing yet", async () => {
    for (const card of [false, { rank: false, karma: 0, next: "", badges: [], streaks: [] }]) {
        await mountWithCleanup(GameCard, { props: { card } });
    }
    expect(queryAllTexts("p.text-muted")).toEqual(Array(2).fill("No rank, badge or streak yet."));
});

test("a name on the leaderboard opens its card, where cards are switched on", async () => {
    let has_cards = false;
    onRpc("gamification.challenge", "get_leaderboard", () => answerOf({ has_cards }));
    onRpc("gamification.challenge", "get_card", ({ args }) => {
        expect.step(JSON.stringify(args));
        return CARD;
    });
    await mountWithCleanup(WebClient);
    const open = () =>
        getService("action").doAction({
            type: "ir.actions.client",
            tag: "crm_gamification.leaderboard",
            params: { challenge_id: 1 },
        });
    await open();
    expect(".o_crm_gamification_open_card").toHaveCount(0);
    has_cards = true;
    await open();
    await contains(".o_crm_gamification_open_card:contains(Olga)").click();
    expect(".o_crm_gamification_card_box .h5").toHaveText("Olga");
    expect(".o_crm_gamification_card_box li").toHaveCount(2);
    expect.verifySteps(["[[1],1]"]);
});
