import { beforeEach, expect, test } from "@odoo/hoot";
import { animationFrame, queryAllTexts } from "@odoo/hoot-dom";
import { Deferred, disableAnimations } from "@odoo/hoot-mock";
import { PipelineBoard } from "@crm_reseller/pipeline_board/pipeline_board";
import { startInteraction } from "@web/../tests/public/helpers";
import { contains, mockService, onRpc } from "@web/../tests/web_test_helpers";

const card = (lead, stage) => `
    <div class="o_crm_reseller_card o_crm_reseller_draggable" data-lead="${lead}" data-stage="${stage}">
        <a>Deal ${lead}</a>
        <button type="button" data-bs-toggle="dropdown">Move</button>
        <form method="post" action="/my/pipeline/${lead}/move">
            <button type="submit" name="stage_id" value="1" class="${stage === 1 ? "d-none" : ""}">To new</button>
            <button type="submit" name="stage_id" value="2" class="${stage === 2 ? "d-none" : ""}">To won</button>
        </form>
    </div>`;
const column = (stage, name, cards, more = "") => `
    <section class="o_crm_reseller_column o_crm_reseller_open" data-stage="${stage}" style="min-height: 100px">
        <h2><span class="o_crm_reseller_stage">${name}</span><span class="o_crm_reseller_count">0</span></h2>
        <div class="o_crm_reseller_sum">0</div>
        ${cards.map((lead) => card(lead, stage)).join("")}${more}
    </section>`;
const BOARD = `
    <div class="o_crm_reseller_board" data-offline="Not saved." data-moved="Moved to:">
        <div class="o_crm_reseller_status"></div>
        ${column(1, "New", [7, 8])}
        ${column(2, "Qualified", [9], '<a class="o_crm_reseller_more">Show more</a>')}
    </div>`;
const FIGURES = [
    { id: 1, count: 1, sum: "1 €" },
    { id: 2, count: 5, sum: "50 €" },
];
const MOVED = { trouble: "", stage: 2, columns: FIGURES };
const NEW = ".o_crm_reseller_column[data-stage='1']";
const QUALIFIED = ".o_crm_reseller_column[data-stage='2']";
const in_ = (where) => queryAllTexts(`${where} .o_crm_reseller_card a`);

let answer = MOVED;

beforeEach(async () => {
    disableAnimations();
    answer = MOVED;
    onRpc(
        "/my/pipeline/<int:lead>/move",
        async (request, { lead }) => {
            const entries = await request.formData();
            expect.step(`move ${lead} to ${entries.get("stage_id")}`);
            return await answer;
        },
        { pure: true },
    );
    mockService("notification", { add: (words) => expect.step(words) });
    await startInteraction(PipelineBoard, BOARD);
});

async function drag(lead, target) {
    await contains(`[data-lead='${lead}'] a`).dragAndDrop(target);
    await animationFrame();
}

test("dropped in another stage it stays there, counts and sums are the server's", async () => {
    await drag(8, `${QUALIFIED} [data-lead='9'] a`);
    expect.verifySteps(["move 8 to 2"]);
    expect(in_(NEW)).toEqual(["Deal 7"]);
    expect(in_(QUALIFIED).toSorted()).toEqual(["Deal 8", "Deal 9"]);
    expect(queryAllTexts(".o_crm_reseller_count")).toEqual(["1", "5"]);
    expect(queryAllTexts(".o_crm_reseller_sum")).toEqual(["1 €", "50 €"]);
    expect(".o_crm_reseller_status").toHaveText("Moved to: Qualified");
});

test("below the cards it is the last of the stage, before what shows more", async () => {
    await drag(8, `${QUALIFIED} h2`);
    expect.verifySteps(["move 8 to 2"]);
    expect(`${QUALIFIED} > :last-child`).toHaveClass("o_crm_reseller_more");
    expect(in_(QUALIFIED)).toEqual(["Deal 9", "Deal 8"]);
});

test("while it is saved it can't be moved again", async () => {
    answer = new Deferred();
    await drag(8, `${QUALIFIED} h2`);
    expect("[data-lead='8']").toHaveClass("opacity-50");
    await contains("[data-lead='8'] button[value='1']", { visible: false }).click();
    expect.verifySteps(["move 8 to 2"]);
    answer.resolve(MOVED);
    await animationFrame();
    expect("[data-lead='8']").not.toHaveClass("opacity-50");
    expect("[data-lead='8']").toHaveClass("o_crm_reseller_draggable");
});

test("refused, it is back where it was, and the server's sentence is told", async () => {
    answer = { trouble: "This stage is not open to partners." };
    await drag(7, `${QUALIFIED} h2`);
    expect.verifySteps(["move 7 to 2", "This stage is not open to partners."]);
    expect(in_(NEW)).toEqual(["Deal 7", "Deal 8"]);
    expect(queryAllTexts(".o_crm_reseller_count")).toEqual(["0", "0"]);
    expect("[data-lead='7'] button[value='1']").toHaveClass("d-none");
});

test("no answer that can be read is told in the page's own words", async () => {
    answer = new Response("<html>502</html>", { status: 400 });
    await drag(7, `${QUALIFIED} h2`);
    expect.verifySteps(["move 7 to 2", "Not saved."]);
    expect(in_(NEW)).toEqual(["Deal 7", "Deal 8"]);
});

test("within its stage nothing is asked, and it stays where it was", async () => {
    await drag(8, `${NEW} [data-lead='7'] a`);
    expect.verifySteps([]);
    expect(in_(NEW)).toEqual(["Deal 7", "Deal 8"]);
});

test("the menu of a card does the same, offers the way back, and keeps the focus", async () => {
    await contains("[data-lead='7'] button[value='2']").click();
    await animationFrame();
    expect.verifySteps(["move 7 to 2"]);
    expect(in_(QUALIFIED)).toEqual(["Deal 7", "Deal 9"]);
    expect("[data-lead='7'] [data-bs-toggle]").toBeFocused();
    expect("[data-lead='7'] button[value='2']").toHaveClass("d-none");
    expect("[data-lead='7'] button[value='1']").not.toHaveClass("d-none");
});
