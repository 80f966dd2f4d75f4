import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { QuickNote } from "@crm_core/quick_note/quick_note";
import { expect, test } from "@odoo/hoot";
import { press } from "@odoo/hoot-dom";
import { contains, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";

defineMailModels();

test("one line and Enter note an enquiry; an empty line notes nothing", async () => {
    onRpc("crm.lead", "create_from_phone_note", ({ args }) => {
        expect.step(args[0]);
        return { id: 5, name: args[0], type: "opportunity" };
    });
    await mountWithCleanup(QuickNote);
    await contains(".o_crm_core_quick_note").click();
    expect(".o_crm_core_quick_note_form button").not.toBeEnabled();
    await press("Enter");
    await contains(".o_crm_core_quick_note_form input").edit("Anna wants prices", {
        confirm: false,
    });
    await press("Enter");
    expect.verifySteps(["Anna wants prices"]);
});
