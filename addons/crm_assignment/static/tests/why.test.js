import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { AssignmentWhy } from "@crm_assignment/why/why";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";

defineMailModels();

const CARD = {
    state: "given",
    headline: "Given to Olga",
    reason: "Next in turn",
    note: false,
    when: "3/2/26, 9:00 AM",
    way: "Scheduled Run",
    lookalike: false,
    run_id: false,
    members: [
        { id: 1, name: "Olga", why: "was chosen", chosen: true, load: false, room: 4 },
        { id: 2, name: "Otto", why: "is away", chosen: false, load: false, room: 9 },
    ],
};

function mountCard(card) {
    onRpc("crm.lead", "get_assignment_card", ({ args }) => {
        expect.step(`asked for ${args[0][0]}`);
        return { ...CARD, ...card };
    });
    return mountWithCleanup(AssignmentWhy, {
        props: { action: { params: { lead_id: 7 } }, actionId: 1, className: "" },
    });
}

test("says who has it, why, and why not the others", async () => {
    await mountCard({});
    expect.verifySteps(["asked for 7"]);
    expect("h3").toHaveText("Given to Olga");
    expect(".o_crm_assignment_reason").toHaveText("Next in turn");
    expect(queryAllTexts(".o_crm_assignment_member")).toEqual(["Otto\nis away\nroom for 9"]);
    expect("button").toHaveCount(0);
});

test("figures stay away from who may not see them, the run opens for managers", async () => {
    const members = CARD.members.map((member) => ({ ...member, room: false }));
    await mountCard({ members, run_id: 3 });
    expect.verifySteps(["asked for 7"]);
    expect(queryAllTexts(".o_crm_assignment_member")).toEqual(["Otto\nis away"]);
    expect("button:contains(Open the run)").toHaveCount(1);
});

test("a lead that nobody has says which rule it failed", async () => {
    await mountCard({
        state: "waiting",
        headline: "Nobody has it yet",
        reason: "Fits no team's filter",
        when: false,
        members: [],
    });
    expect.verifySteps(["asked for 7"]);
    expect(".o_crm_assignment_reason").toHaveText("Fits no team's filter");
    expect(".o_crm_assignment_member").toHaveCount(0);
});
