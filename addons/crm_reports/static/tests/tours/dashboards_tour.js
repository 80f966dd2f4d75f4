import { registry } from "@web/core/registry";

const OF_ALL = [
    "Pipeline",
    "Forecast",
    "Marketing Attribution",
    "Unattended Leads",
    "Lost Deals",
    "Activities",
];
const OF_LEADERS = ["Team Pipeline", "Lead Distribution", "Month End"];
const MOST_CHECKED = 25; // figures of each board that are asked for once more
const NOBODY = 2 ** 31 - 1; // an id that no record has
const LOADING = "Loading...";
const PANEL = ".o_spreadsheet_dashboard_search_panel";

function services() {
    return odoo.__WOWL_DEBUG__.root.env.services;
}

/** Wait until it is true, or fail with what it was. */
async function until(condition, what) {
    for (let turn = 0; turn < 400; turn++) {
        if (condition()) {
            return;
        }
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 25)));
    }
    throw new Error(`Waited in vain for ${what}`);
}

function* cellsOf(model) {
    for (const sheetId of model.getters.getSheetIds()) {
        for (const position of model.getters.getEvaluatedCellsPositions(sheetId)) {
            yield { position, cell: model.getters.getEvaluatedCell(position) };
        }
    }
}

async function loaded(name) {
    const dashboard = () => services().spreadsheet_dashboard_loader.getActiveDashboard();
    await until(
        () => dashboard()?.data.name === name && dashboard().status === "Loaded",
        `${name} to load`,
    );
    const { model, isSample } = dashboard();
    const { getters } = model;
    await Promise.all([
        ...getters.getOdooChartIds().map((id) => getters.getChartDataSource(id).load()),
        ...getters.getPivotIds().map((id) => getters.getPivot(id).load()),
        ...getters.getListIds().map((id) => getters.getListDataSource(id).load()),
    ]);
    await until(() => {
        model.dispatch("EVALUATE_CELLS");
        return ![...cellsOf(model)].some(({ cell }) => cell.value === LOADING);
    }, `the cells of ${name}`);
    return { model, isSample };
}

function errorsOf(model) {
    return [...cellsOf(model)]
        .filter(({ cell }) => cell.type === "error" || /^#[A-Z/]+/.test(String(cell.value)))
        .map(({ position, cell }) => {
            const content = model.getters.getCell(position)?.content;
            return `${content}: ${cell.value} ${cell.message || ""}`;
        });
}

/** No cell in error, no chart without data. */
async function check(name, sample) {
    const { model, isSample } = await loaded(name);
    const wrong = errorsOf(model);
    const cells = [...cellsOf(model)].length;
    for (const id of model.getters.getOdooChartIds()) {
        if (!model.getters.getChartDataSource(id).getData().labels.length) {
            wrong.push(`the chart ${id} is empty`);
        }
    }
    if (Boolean(isSample) !== sample || cells < 100) {
        wrong.push(`sample: ${isSample}, ${cells} cells`);
    }
    if (wrong.length) {
        throw new Error(`${name}: ${wrong.join("; ")}`);
    }
    return model;
}

/** What a click opens is what the figure counts. */
async function checkClicks(name, model) {
    const { getters } = model;
    let checked = 0;
    for (const { position, cell } of cellsOf(model)) {
        const content = getters.getCell(position)?.content || "";
        const measure = content.match(/^=PIVOT\.VALUE\(\d+,"([^"]+)"/)?.[1];
        if (!measure || typeof cell.value !== "number" || checked >= MOST_CHECKED) {
            continue;
        }
        checked++;
        const pivotId = getters.getPivotIdFromPosition(position);
        const domain = getters
            .getPivot(pivotId)
            .getPivotCellDomain(getters.getPivotCellFromPosition(position).domain);
        const resModel = getters.getPivotCoreDefinition(pivotId).model;
        const [group] = await services().orm.call(
            resModel,
            "formatted_read_group",
            [domain, [], [measure]],
            {},
        );
        if (Math.abs(group[measure] - cell.value) > 0.01 + Math.abs(cell.value) * 1e-6) {
            throw new Error(
                `${name}: ${content} is ${cell.value}, a click shows ${group[measure]}`,
            );
        }
    }
    return checked;
}

/** Each filter narrows what is counted, and never more than that. */
async function checkFilters(name, model) {
    for (const { id, type } of model.getters.getGlobalFilters()) {
        if (type === "date") {
            continue;
        }
        model.dispatch("SET_GLOBAL_FILTER_VALUE", { id, value: { operator: "in", ids: [NOBODY] } });
        await loaded(name);
        const counted = [...cellsOf(model)].filter(
            ({ position, cell }) =>
                /^=PIVOT\.VALUE\(\d+,"__count"/.test(model.getters.getCell(position)?.content) &&
                cell.value > 0,
        );
        const wrong = [...errorsOf(model), ...counted.map(({ cell }) => `still ${cell.value}`)];
        if (wrong.length) {
            throw new Error(`${name} by a ${id} that is not there: ${wrong.join("; ")}`);
        }
        model.dispatch("SET_GLOBAL_FILTER_VALUE", { id, value: undefined });
    }
}

function openEach(names, sample = false) {
    return names.flatMap((name) => [
        { trigger: `${PANEL} .o_search_panel_category_value[data-name="${name}"]`, run: "click" },
        {
            content: `${name} has no error, and its figures open what they count`,
            trigger: `${PANEL} .o_search_panel_category_value.active[data-name="${name}"]`,
            timeout: 60000,
            async run() {
                const model = await check(name, sample);
                if (!sample) {
                    if (!(await checkClicks(name, model))) {
                        throw new Error(`${name}: no figure could be checked`);
                    }
                    await checkFilters(name, model);
                }
            },
        },
    ]);
}

const FROM_THE_MENU = [
    { trigger: "[data-menu-xmlid='crm.crm_menu_report']", run: "click" },
    { trigger: "[data-menu-xmlid='crm_reports.spreadsheet_dashboard_menu']", run: "click" },
    {
        content: "it opens on ours",
        trigger: `${PANEL} .o_search_panel_category_value.active[data-name="Pipeline"]`,
    },
];

// of the bridge to scores
registry.category("web_tour.tours").add("crm_reports_scoring_quality", {
    steps: () => [...FROM_THE_MENU, ...openEach(["Scoring Quality"])],
});

registry.category("web_tour.tours").add("crm_reports_scoring_quality_sample", {
    steps: () => [...FROM_THE_MENU, ...openEach(["Scoring Quality"], true)],
});

registry.category("web_tour.tours").add("crm_reports_dashboards_own", {
    steps: () => [
        ...FROM_THE_MENU,
        ...OF_LEADERS.map((name) => ({
            content: `${name} is for leaders`,
            trigger: `${PANEL}:not(:has([data-name="${name}"]))`,
        })),
        ...openEach(OF_ALL),
    ],
});

registry.category("web_tour.tours").add("crm_reports_dashboards_all", {
    steps: () => [...FROM_THE_MENU, ...openEach([...OF_ALL, ...OF_LEADERS])],
});

registry.category("web_tour.tours").add("crm_reports_dashboards_sample", {
    steps: () => [...FROM_THE_MENU, ...openEach([...OF_ALL, ...OF_LEADERS], true)],
});
