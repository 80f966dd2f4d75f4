import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const PAGE = {
    title: "Month End",
    options: { month: "2026-03", team_id: false },
    months: [
        ["2026-03", "March 2026"],
        ["2026-02", "February 2026"],
    ],
    teams: [
        [1, "North"],
        [2, "South"],
    ],
    tiles: [
        {
            label: "Won",
            value: "100 €",
            hint: "80 € the month before",
            open: { name: "Won", model: "crm.lead", domain: [["won_status", "=", "won"]] },
        },
    ],
    tables: [
        {
            title: "By Team",
            columns: ["Sales Team", "Won"],
            rows: [
                {
                    cells: ["North", "3"],
                    colour: "text-danger",
                    open: { name: "North", model: "crm.lead", domain: [["team_id", "=", 1]] },
                },
            ],
            empty: "Nothing",
        },
        { title: "Reasons", columns: ["Reason", "Lost"], rows: [], empty: "Nothing was lost." },
    ],
    report: "crm_reports.crm_month_end_report",
};

async function openPage(page = PAGE) {
    onRpc("crm.month.end", "get_page", ({ args }) => {
        expect.step(JSON.stringify(args[0]));
        return { ...page, options: { ...page.options, ...args[0] } };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_reports.page",
        params: { model: "crm.month.end" },
    });
}

test("figures of a page, what is red, and what is said where there is nothing", async () => {
    await openPage();
    expect.verifySteps(["{}"]);
    expect(queryAllTexts(".o_crm_reports_tile > div")).toEqual([
        "Won",
        "100 €",
        "80 € the month before",
    ]);
    expect(queryAllTexts(".o_crm_reports_table td")).toEqual(["North", "3"]);
    expect(".o_crm_reports_table td.text-danger").toHaveCount(2);
    expect("section:last p").toHaveText("Nothing was lost.");
});

test("another month or team is asked for with the rest kept", async () => {
    await openPage();
    await contains(".o_crm_reports_month").select("2026-02");
    await contains(".o_crm_reports_team").select("2");
    await contains(".o_crm_reports_team").select("0");
    expect.verifySteps([
        "{}",
        `{"month":"2026-02","team_id":false}`,
        `{"month":"2026-02","team_id":2}`,
        `{"month":"2026-02","team_id":false}`,
    ]);
});

test("a click opens what is behind a figure; printing takes month and team along", async () => {
    await openPage();
    mockService("action", {
        doAction(action) {
            expect.step(action.report_name || JSON.stringify(action.domain));
            if (action.data) {
                expect.step(JSON.stringify(action.data));
            }
        },
    });
    await contains(".o_crm_reports_print").click();
    await contains(".o_crm_reports_tile").click();
    await contains(".o_crm_reports_table tbody tr").click();
    expect.verifySteps([
        "{}",
        "crm_reports.crm_month_end_report",
        `{"month":"2026-03","team_id":false}`,
        `[["won_status","=","won"]]`,
        `[["team_id","=",1]]`,
    ]);
});
