import { expect, test } from "@odoo/hoot";
import { animationFrame, queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { Component, useState, xml } from "@odoo/owl";
import { BoardList } from "@crm_gamification/board_list/board_list";
import { Podium } from "@crm_gamification/podium/podium";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, mountWithCleanup, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { ROWS, rowOf } from "./board_fixture";

defineMailModels();

test("a row says place, name, figure, target, gap and trend", async () => {
    await mountWithCleanup(BoardList, { props: { rows: ROWS } });
    expect(queryAllTexts(".o_crm_gamification_list .o_crm_gamification_place")).toEqual([
        "Place\n1",
        "Place\n2",
        "Place\n3",
        "Place\n4",
    ]);
    expect(".o_crm_gamification_me .o_crm_gamification_name").toHaveText("Otto");
    expect(".o_crm_gamification_me").toHaveAttribute("aria-current", "true");
    expect(".o_crm_gamification_me .o_crm_gamification_gap").toHaveText("2 to the next place");
    expect(".o_crm_gamification_me .o_crm_gamification_trend").toHaveText("+1");
    expect(".o_crm_gamification_row:first [role=progressbar]").toHaveAttribute(
        "aria-label",
        "Olga: 12 deals, target 10 deals",
    );
    expect(".o_crm_gamification_row .fa-check-circle").toHaveCount(1);
});

test("the target line stands where the target is, also beyond it", async () => {
    await mountWithCleanup(BoardList, { props: { rows: [rowOf("Olga", 1, 200)] } });
    expect(".o_crm_gamification_mark").toHaveAttribute("style", "left: 50%");
});

test("several goals, and one's own amount beside the points; only what opens is a button", async () => {
    const figures = [
        { line_id: 7, name: "Deals", text: "4 deals", opens: true },
        { line_id: 8, name: "Money", text: "900 €", opens: false },
    ];
    const row = rowOf("Olga", 1, 80, { figures, figure: "80 points" });
    await mountWithCleanup(BoardList, {
        props: { rows: [row], open: (of, figure) => expect.step(`${of.name} ${figure.line_id}`) },
    });
    expect(".o_crm_gamification_hints span:last").toHaveText("Money: 900 €");
    expect(".o_crm_gamification_open").toHaveCount(1);
    await contains(".o_crm_gamification_open").click();
    expect.verifySteps(["Olga 7"]);
});

test("names open a card where that is offered: not those of teams and of who is not named", async () => {
    const rows = [
        rowOf("Olga", 1, 80),
        rowOf("A colleague", 2, 70, { key: "4f6a", user_id: false }),
        rowOf("North", 3, 60, { key: "team-1", user_id: false }),
    ];
    await mountWithCleanup(BoardList, {
        props: { rows, openCard: (row, target) => expect.step(`${row.name} ${target.tagName}`) },
    });
    expect("button.o_crm_gamification_open_card").toHaveCount(1);
    await contains(".o_crm_gamification_open_card").click();
    expect.verifySteps(["Olga BUTTON"]);
});

test("who is not named has no picture", async () => {
    const rows = [
        rowOf("A colleague", 1, 80, { key: "4f6a" }),
        rowOf("North", 2, 70, { key: "team-1" }),
        rowOf("Olga", 3, 60, { image: "/web/image/res.users/5/avatar_128" }),
    ];
    await mountWithCleanup(Podium, { props: { rows } });
    expect("li:first .fa-user").toHaveCount(1);
    expect("li:eq(1) .fa-users").toHaveCount(1);
    expect(queryAllAttributes("img", "data-src").length).toBe(1);
});

class Shuffled extends Component {
    static template = xml`<Podium rows="state.rows"/>`;
    static components = { Podium };
    static props = [];
    setup() {
        this.state = useState({ rows: ROWS.slice(0, 2) });
        Shuffled.last = this;
    }
}

for (const [isCalm, motions] of [
    [false, 2],
    [true, 0],
]) {
    test(`people glide to a new place: ${isCalm ? "not for who wants less motion" : "both"}`, async () => {
        patchWithCleanup(browser, { matchMedia: () => ({ matches: isCalm }) });
        patchWithCleanup(Element.prototype, {
            animate() {
                expect.step("motion");
            },
        });
        await mountWithCleanup(Shuffled);
        Shuffled.last.state.rows = [ROWS[1], ROWS[0]];
        await animationFrame();
        expect.verifySteps(Array(motions).fill("motion"));
        expect(queryAllTexts(".o_crm_gamification_name")).toEqual(["Otto", "Olga"]);
    });
}
