import { expect, test } from "@odoo/hoot";
import { AssignmentProgress } from "@crm_assignment/progress/progress";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { getService, MockServer, mountWithCleanup } from "@web/../tests/web_test_helpers";

defineMailModels();

function recordOf(data) {
    return { resId: 5, data, load: () => expect.step("read again") };
}

test("shows how far a run has come and follows it", async () => {
    await mountWithCleanup(AssignmentProgress, {
        props: { record: recordOf({ state: "running", progress: 41.6 }), readonly: true },
    });
    expect(".progress-bar").toHaveText("42 %");
    getService("bus_service").start();
    for (const id of [4, 5]) {
        MockServer.env["bus.bus"]._sendone("broadcast", "crm_assignment.run", { id });
    }
    await expect.waitForSteps(["read again"]);
});

test("a run that has ended shows no bar", async () => {
    await mountWithCleanup(AssignmentProgress, {
        props: { record: recordOf({ state: "done", progress: 100 }), readonly: true },
    });
    expect(".o_crm_assignment_progress").toHaveCount(0);
});
