import { expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { relativePeriod } from "@crm_reports/view_mail/view_mail_values";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountWithCleanup,
    patchWithCleanup,
    toggleActionMenu,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { WebClient } from "@web/webclient/webclient";

const { DateTime } = luxon;

class Deal extends models.Model {
    _name = "deal";

    name = fields.Char();
    amount = fields.Integer({ aggregator: "sum" });
    closed = fields.Date();
    team = fields.Selection({
        selection: [
            ["n", "North"],
            ["s", "South"],
        ],
    });

    _records = [{ id: 1, name: "One", amount: 5, team: "n", closed: "2026-03-02" }];
    _views = {
        list: `<list><field name="name"/><field name="amount"/><field name="team" optional="hide"/></list>`,
        pivot: `<pivot><field name="team" type="row"/><field name="amount" type="measure"/></pivot>`,
        graph: `<graph type="line"><field name="team"/><field name="amount" type="measure"/></graph>`,
        search: `<search>
            <filter name="mine" string="Mine" domain="[('id', '!=', uid)]"/>
            <filter name="closed" string="Closed" date="closed"/>
        </search>`,
    };
}

defineMailModels();
defineModels([Deal]);

async function openCog(viewType, context = {}) {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.act_window",
        id: 7,
        name: "Deals",
        res_model: "deal",
        views: [[false, viewType]],
        domain: [["amount", ">", 1]],
        context,
    });
    await toggleActionMenu();
}

async function mailFrom(viewType, context) {
    let view;
    await openCog(viewType, context);
    const action = getService("action");
    const known = action.doAction;
    patchWithCleanup(action, {
        doAction(request, options) {
            if (request === "crm_reports.crm_view_mail_action_new") {
                view = options.additionalContext.view_mail;
                return;
            }
            return known(...arguments);
        },
    });
    await contains(".o_crm_mail_this_view").click();
    return view;
}

test("the entry is there only where the setting is on", async () => {
    patchWithCleanup(session, { crm_view_mail: false });
    await openCog("list");
    expect(".o_crm_mail_this_view").toHaveCount(0);
});

test("a pivot: its rows, measures and the domain of action and search", async () => {
    patchWithCleanup(session, { crm_view_mail: true });
    const view = await mailFrom("pivot", { search_default_mine: 1 });
    expect(view.res_model).toBe("deal");
    expect(view.view_type).toBe("pivot");
    expect(view.name).toBe("Deals");
    expect(view.row_groups).toBe("team");
    expect(view.measures).toBe("amount");
    expect(view.chart).toBe("bar");
    expect(view.action_id).toBe(7);
    expect(view.domain).toBe(`["&", ("amount", ">", 1), ("id", "!=", uid)]`);
    expect(view.view_context).toBe("{}");
});

test("a graph: its kind and first group", async () => {
    patchWithCleanup(session, { crm_view_mail: true });
    const view = await mailFrom("graph");
    expect(view.row_groups).toBe("team");
    expect(view.measures).toBe("amount");
    expect(view.chart).toBe("line");
});

test("a list: the columns that are shown", async () => {
    patchWithCleanup(session, { crm_view_mail: true });
    const view = await mailFrom("list");
    expect(view.columns).toBe("name,amount");
    expect(view.row_groups).toBe("");
});

test("a period goes with the time", async () => {
    mockDate("2026-03-10 12:00:00");
    patchWithCleanup(session, { crm_view_mail: true });
    const view = await mailFrom("list", { search_default_closed: 1 });
    expect(view.domain).toBe(
        `["&", ("amount", ">", 1), "&", ("closed", ">=", "today =1d"), ("closed", "<", "today =1d +1m")]`,
    );
});

test("periods as the server reads them", () => {
    const now = DateTime.fromISO("2026-03-10");
    const from = (text) => DateTime.fromISO(text);
    expect(relativePeriod(now, from("2025-12-01"), "month")).toEqual([
        "today =1d -3m",
        "today =1d -2m",
    ]);
    expect(relativePeriod(now, from("2026-07-01"), "quarter")).toEqual([
        "today =1m =1d +6m",
        "today =1m =1d +9m",
    ]);
    expect(relativePeriod(now, from("2025-01-01"), "year")).toEqual([
        "today =1m =1d -1y",
        "today =1m =1d",
    ]);
});
