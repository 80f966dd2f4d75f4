import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { formatSpan } from "@crm_core/timeline/contact_format";
import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne, resize } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import {
    allowTranslations,
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Lead extends models.Model {
    _name = "crm.lead";
    name = fields.Char();
    _records = [
        { id: 7, name: "Ovens" },
        { id: 8, name: "Mixers" },
    ];
}

defineModels([Lead]);
defineMailModels();

const GROUPS = [
    { name: "talk", label: "Conversation" },
    { name: "step", label: "Activities" },
    { name: "change", label: "Changes" },
];

const event = (id, moment, values = {}) => ({
    id,
    kind: "message_in",
    label: `Event ${id}`,
    icon: "fa-envelope-o",
    group: "talk",
    moment,
    actor: false,
    direction: false,
    text: "",
    after: false,
    inferred: false,
    source: false,
    ...values,
});

const page = (events, values = {}) => ({
    events,
    next: false,
    groups: GROUPS,
    note: "",
    ...values,
});

const mountLead = (values = {}) =>
    mountView({
        type: "form",
        resModel: "crm.lead",
        resId: 7,
        arch: `<form><field name="name"/><notebook>
            <page string="Notes" name="notes"/>
            <page string="Timeline" name="timeline"><widget name="crm_core_timeline"/></page>
        </notebook></form>`,
        ...values,
    });

const clickAndRead = async (selector) => {
    await contains(selector).click();
    await animationFrame();
};

const openTimeline = () => clickAndRead(".nav-link[name=timeline]");

const LABELS = ".o_crm_core_timeline_label";

beforeEach(() => mockDate("2026-03-04 10:00:00", 2));

test("it is read when its page is opened, and again after each save", async () => {
    onRpc("crm.lead", "get_timeline", ({ args, kwargs }) => {
        expect.step([args[0], kwargs.before, kwargs.groups, kwargs.limit]);
        return page([]);
    });
    await mountLead();
    expect.verifySteps([]);
    await openTimeline();
    expect.verifySteps([[[7], false, false, 60]]);
    await contains("[name=name] input").edit("Big ovens");
    expect.verifySteps([]);
    await clickAndRead(".o_form_button_save");
    expect.verifySteps([[[7], false, false, 60]]);
});

test("the next lead shows its own events only, even when they can't be read", async () => {
    expect.errors(1);
    onRpc("crm.lead", "get_timeline", ({ args }) => {
        if (args[0][0] === 8) {
            throw makeServerError({ message: "Not today" });
        }
        return page([event(1, "2026-03-04 08:00:00")]);
    });
    await mountLead({ resIds: [7, 8] });
    await openTimeline();
    expect(queryAllTexts(LABELS)).toEqual(["Event 1"]);
    await clickAndRead(".o_pager_next");
    expect(LABELS).toHaveCount(0);
    expect(".o_crm_core_timeline_empty").toHaveCount(0);
    expect.verifyErrors(["Not today"]);
    expect(".o_error_dialog").toHaveCount(1);
});

test("days and times are those of the user", async () => {
    onRpc("crm.lead", "get_timeline", () =>
        page([
            event(5, "2026-03-04 09:30:00"),
            event(4, "2026-03-03 22:30:00"),
            event(3, "2026-03-03 21:59:00"),
            event(2, "2026-03-02 10:00:00"),
            event(1, "2025-12-31 23:00:00"),
        ]),
    );
    await mountLead();
    await openTimeline();
    expect(queryAllTexts(".o_crm_core_timeline_day h4")).toEqual([
        "Today",
        "Yesterday",
        "Mar 2",
        "Jan 1",
    ]);
    expect(queryAllTexts(`.o_crm_core_timeline_day:first ${LABELS}`)).toEqual([
        "Event 5",
        "Event 4",
    ]);
    expect(
        queryAllTexts(".o_crm_core_timeline_day time").map((text) => text.replace(/\s/, " ")),
    ).toEqual(["11:30 AM", "12:30 AM", "11:59 PM", "12:00 PM", "1:00 AM"]);
});

test("a row says who, which way, how long after, and what is only told from traces", async () => {
    onRpc("crm.lead", "get_timeline", () =>
        page([
            event(3, "2026-03-04 10:00:00", {
                direction: "out",
                after: { minutes: 125, of: "answer" },
            }),
            event(2, "2026-03-04 09:00:00", {
                direction: "in",
                actor: "Demo Bakery, Anna",
                after: { minutes: 0, of: "answer" },
            }),
            event(1, "2026-03-04 08:00:00", { text: "From New to Qualified", inferred: true }),
        ]),
    );
    await mountLead();
    await openTimeline();
    const row = (number) => `.o_crm_core_timeline_event:nth-child(${number})`;
    expect(`${row(1)} .fa-long-arrow-right`).toHaveAttribute("aria-label", "From us");
    expect(`${row(1)} .o_crm_core_timeline_after`).toHaveText("2 h 5 min after");
    expect(`${row(1)} .o_crm_core_timeline_actor`).toHaveCount(0);
    expect(`${row(2)} .fa-long-arrow-left`).toHaveAttribute("title", "From the customer");
    expect(`${row(2)} .o_crm_core_timeline_after`).toHaveText("at once");
    expect(`${row(2)} .o_crm_core_timeline_actor`).toHaveText("Demo Bakery, Anna");
    expect(`${row(3)} .o_crm_core_timeline_text`).toHaveText("From New to Qualified");
    expect(`${row(3)} .o_crm_core_timeline_direction i`).toHaveCount(0);
    expect(".o_crm_core_timeline_inferred").toHaveCount(1);
    expect(`${row(3)} .o_crm_core_timeline_inferred`).toHaveAttribute(
        "title",
        "Told from older traces",
    );
});

test("groups are chosen and dropped by the server's own names", async () => {
    onRpc("crm.lead", "get_timeline", ({ kwargs }) => {
        expect.step(kwargs.groups);
        return page(kwargs.groups ? [] : [event(1, "2026-03-04 08:00:00")]);
    });
    await mountLead();
    await openTimeline();
    expect(queryAllTexts("[data-group]")).toEqual(["Conversation", "Activities", "Changes"]);
    await clickAndRead("[data-group=step]");
    await clickAndRead("[data-group=change]");
    expect("[data-group=step]").toHaveAttribute("aria-pressed", "true");
    expect("[data-group=talk]").toHaveAttribute("aria-pressed", "false");
    expect(".o_crm_core_timeline_empty").toHaveText("Nothing of this kind has happened yet.");
    await clickAndRead("[data-group=step]");
    await clickAndRead("[data-group=change]");
    expect(queryAllTexts(LABELS)).toEqual(["Event 1"]);
    expect.verifySteps([false, ["step"], ["step", "change"], ["change"], false]);
});

test("older events are added below, with the note at the very end", async () => {
    const note = "What happened before 3 March 2026 is not in the log.";
    onRpc("crm.lead", "get_timeline", ({ kwargs }) => {
        expect.step(kwargs.before);
        return kwargs.before
            ? page([event(1, "2026-03-04 07:00:00")], { note })
            : page([event(2, "2026-03-04 08:00:00")], { note, next: "2026-03-04 08:00:00,2" });
    });
    await mountLead();
    await openTimeline();
    expect(".o_crm_core_timeline_note").toHaveCount(0);
    await clickAndRead(".o_crm_core_timeline_more");
    expect(queryAllTexts(LABELS)).toEqual(["Event 2", "Event 1"]);
    expect(".o_crm_core_timeline_day").toHaveCount(1);
    expect(".o_crm_core_timeline_more").toHaveCount(0);
    expect(".o_crm_core_timeline_note").toHaveText(note);
    await clickAndRead("[data-group=talk]");
    expect.verifySteps([false, "2026-03-04 08:00:00,2", false]);
});

test("nothing yet is said in plain words", async () => {
    onRpc("crm.lead", "get_timeline", () => page([]));
    await mountLead();
    await openTimeline();
    expect(".o_crm_core_timeline_empty").toHaveText(/^Nothing has happened yet/);
});

test("a phone shows it without scrolling sideways", async () => {
    onRpc("crm.lead", "get_timeline", () =>
        page([
            event(1, "2026-03-04 08:00:00", {
                text: "averylongwordwithoutanyspace".repeat(10),
                actor: "Anna of the Demo Bakery in a town with a long name",
                after: { minutes: 4000, of: "answer" },
                inferred: true,
            }),
        ]),
    );
    await resize({ width: 360 });
    await mountLead();
    await openTimeline();
    const timeline = queryOne(".o_crm_core_timeline");
    expect(timeline.clientWidth).toBeLessThan(361);
    expect(timeline.scrollWidth).toBe(timeline.clientWidth);
});

test("lengths of time in their two largest units", () => {
    allowTranslations();
    const spans = [0, 0.5, 1, 60, 125, 1440, 1445, 1500, 100000].map((minutes) =>
        formatSpan(minutes),
    );
    expect(spans).toEqual([
        "",
        "",
        "1 min",
        "1 h",
        "2 h 5 min",
        "1 d",
        "1 d",
        "1 d 1 h",
        "69 d 10 h",
    ]);
    expect(formatSpan(125, 1)).toBe("2 h");
});
