import { Domain } from "@web/core/domain";
import {
    serializeDate,
    serializeDateTime,
    deserializeDate,
    deserializeDateTime,
} from "@web/core/l10n/dates";
import { constructDateDomain } from "@web/search/utils/dates";
import { user } from "@web/core/user";

const CHARTS = ["bar", "line", "pie"];

/**
 * The bounds of a period that goes with the time: "this month" stays this month next month.
 *
 * @param {luxon.DateTime} reference now
 * @param {luxon.DateTime} start first day of the period
 * @param {"month"|"quarter"|"year"} step
 * @returns {[string, string]} relative dates as the server reads them: from, and up to but not including
 */
export function relativePeriod(reference, start, step) {
    const move = (months, years = 0) =>
        [
            years && `${years > 0 ? "+" : ""}${years}y`,
            months && `${months > 0 ? "+" : ""}${months}m`,
        ]
            .filter(Boolean)
            .map((term) => ` ${term}`)
            .join("");
    const years = start.year - reference.year;
    if (step === "month") {
        const months = years * 12 + start.month - reference.month;
        return [`today =1d${move(months)}`, `today =1d${move(months + 1)}`];
    }
    if (step === "quarter") {
        const months = start.month - 1;
        return [`today =1m =1d${move(months, years)}`, `today =1m =1d${move(months + 3, years)}`];
    }
    return [`today =1m =1d${move(0, years)}`, `today =1m =1d${move(0, years + 1)}`];
}

function stepOf(start, end) {
    const months = (end.year - start.year) * 12 + end.month - start.month + 1;
    return { 1: "month", 3: "quarter", 12: "year" }[months];
}

/**
 * The domain of a date filter with periods that go with the time.
 */
export function relativeDateDomain(reference, dateFilter, generatorIds) {
    const { domain } = constructDateDomain(reference, dateFilter, generatorIds);
    const { fieldName, fieldType } = dateFilter;
    const isDate = fieldType === "date";
    const read = isDate ? deserializeDate : deserializeDateTime;
    const known = generatorIds.every((id) => /^(month|year)([+-]\d+)?$|_quarter$/.test(id));
    if (!known) {
        return domain;
    }
    const leaves = domain.toList(user.context);
    const bounds = {};
    for (let place = 0; place < leaves.length - 1; place++) {
        const [first, second] = [leaves[place], leaves[place + 1]];
        const isRange =
            Array.isArray(first) &&
            Array.isArray(second) &&
            first[0] === fieldName &&
            second[0] === fieldName &&
            first[1] === ">=" &&
            second[1] === "<=";
        if (isRange) {
            const [start, end] = [read(first[2]), read(second[2])];
            const step = stepOf(start, end);
            const write = isDate ? serializeDate : serializeDateTime;
            if (step && write(start) === first[2]) {
                bounds[place] = relativePeriod(reference, start, step);
            }
        }
    }
    for (const [place, [from, to]] of Object.entries(bounds)) {
        leaves[place] = [fieldName, ">=", from];
        leaves[Number(place) + 1] = [fieldName, "<", to];
    }
    return new Domain(leaves);
}

/**
 * The domain of what is shown, the names in it kept (`uid`, `context_today()`), the periods relative.
 */
export function mailedDomain(searchModel) {
    const relative = Object.create(searchModel, {
        _getDateFilterDomain: {
            value(dateFilter, generatorIds, key = "domain") {
                return key === "domain"
                    ? relativeDateDomain(searchModel.referenceMoment, dateFilter, generatorIds)
                    : searchModel._getDateFilterDomain(dateFilter, generatorIds, key);
            },
        },
    });
    return relative._getDomain({ raw: true }).toString();
}

/**
 * What a mailed view begins with: the view that is open, as it is.
 *
 * @param {Object} env of the control panel
 * @returns {Object} values of crm.view.mail
 */
export function mailedView(env) {
    const { searchModel, config } = env;
    const { context, groupBys, orderBy } = searchModel.getPreFavoriteValues();
    const names = (list) => (list || []).join(",");
    const kept = Object.fromEntries(
        Object.entries({ ...searchModel.globalContext, ...context }).filter(
            ([key, value]) =>
                !/^(default_|search|pivot_|graph_|group_by|params|active_)/.test(key) &&
                !(key in user.context) &&
                ["string", "number", "boolean"].includes(typeof value),
        ),
    );
    const values = {
        name: config.getDisplayName() || "",
        res_model: searchModel.resModel,
        view_type: config.viewType,
        domain: mailedDomain(searchModel),
        view_context: pythonDict(kept),
        company_ids: user.activeCompanies.map((company) => company.id),
        sort: (orderBy || []).map((o) => `${o.name}${o.asc === false ? " desc" : ""}`).join(","),
    };
    if (typeof config.actionId === "number") {
        values.action_id = config.actionId;
    }
    if (config.viewType === "pivot") {
        Object.assign(values, {
            row_groups: names(context.pivot_row_groupby),
            column_groups: names(context.pivot_column_groupby),
            measures: names(context.pivot_measures),
            chart: context.pivot_row_groupby?.length ? "bar" : "none",
            sort: "",
        });
    } else if (config.viewType === "graph") {
        const groups = context.graph_groupbys || [];
        Object.assign(values, {
            row_groups: names(groups.slice(0, 1)),
            column_groups: names(groups.slice(1)),
            measures: context.graph_measure || "__count",
            chart: CHARTS.includes(context.graph_mode) ? context.graph_mode : "bar",
            is_stacked: context.graph_stacked !== false,
            is_cumulated: Boolean(context.graph_cumulated),
            sort: context.graph_order || "",
        });
    } else {
        const columns = searchModel.visibleListColumns?.() || ["display_name"];
        const totals = columns.filter((name) => {
            const field = searchModel.searchViewFields[name];
            return (
                field && ["integer", "float", "monetary"].includes(field.type) && field.aggregator
            );
        });
        Object.assign(values, {
            row_groups: names(groupBys),
            columns: names(columns),
            measures: names(["__count", ...totals]),
        });
    }
    return values;
}

function pythonDict(values) {
    const literal = (value) =>
        typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value);
    return `{${Object.entries(values)
        .map(([key, value]) => `${JSON.stringify(key)}: ${literal(value)}`)
        .join(", ")}}`;
}
