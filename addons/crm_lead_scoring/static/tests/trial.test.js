import { advanceTime, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Trial extends models.Model {
    _name = "crm.scoring.trial";
    is_running = fields.Boolean();
    progress = fields.Float();
    _records = [{ id: 1, is_running: true, progress: 0 }];
}

defineMailModels();
defineModels([Trial]);

test("a trial that runs is read again until it is done", async () => {
    onRpc("crm.scoring.trial", "web_read", () => expect.step("read"));
    await mountView({
        type: "form",
        resModel: "crm.scoring.trial",
        resId: 1,
        arch: `<form><field name="is_running" widget="crm_score_trial_progress"/></form>`,
    });
    expect(".progress").toHaveAttribute("aria-valuenow", "0");
    expect(".o_field_crm_score_trial_progress").toHaveText(/Waiting/);
    expect.verifySteps(["read"]);

    const trials = MockServer.env["crm.scoring.trial"];
    trials.write([1], { progress: 40 });
    await advanceTime(2000);
    await animationFrame();
    expect(".progress").toHaveAttribute("aria-valuenow", "40");
    expect(".o_field_crm_score_trial_progress").toHaveText(/Learning/);
    expect.verifySteps(["read"]);

    trials.write([1], { is_running: false });
    await advanceTime(2000);
    await advanceTime(10_000);
    expect.verifySteps(["read"]);
});
