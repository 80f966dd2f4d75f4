import { stepUtils } from "@web_tour/tour_utils";

/** The CRM app opens on "My Pipeline". */
export function openPipeline() {
    return [
        ...stepUtils.goToAppSteps("crm.crm_menu_root", "Open CRM"),
        { content: "The pipeline is there", trigger: ".o_opportunity_kanban .o_kanban_group" },
    ];
}

/** A menu of the opened app: first its section, then the entry in it. */
export function openMenu(section, entry) {
    return [
        {
            content: `Open the section ${section}`,
            trigger: `.o_menu_sections [data-menu-xmlid="${section}"]`,
            run: "click",
        },
        {
            content: `Choose ${entry}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid="${entry}"]`,
            run: "click",
        },
    ];
}

/** The column of a grouped kanban view that bears this title. */
export function column(title) {
    return `.o_kanban_group:has(.o_column_title:contains("${title}"))`;
}

export function card(name) {
    return `.o_kanban_record:contains("${name}")`;
}

/** Type into a field with suggestions and take the one that bears this name. */
export function choose(field, name, inside = "") {
    return [
        {
            content: `Look for ${name}`,
            trigger: `${inside} .o_field_widget[name="${field}"] input`,
            run: `edit ${name}`,
        },
        {
            content: `Choose ${name}`,
            trigger: `.o-autocomplete--dropdown-item:contains("${name}")`,
            run: "click",
        },
        {
            content: "The suggestions are gone",
            trigger: "body:not(:has(.o-autocomplete--dropdown-menu))",
        },
    ];
}

/** The menu of filters and groupings beside the search field. */
export function inSearchMenu(...entries) {
    return [
        {
            content: "Open the search menu",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        ...entries.map(([part, label]) => ({
            content: `${part}: ${label}`,
            trigger: `.o_search_bar_menu .o_${part}_menu .o_menu_item:contains(/^${label}$/)`,
            run: "click",
        })),
        {
            content: "Close the search menu",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
    ];
}

export function removeFilter(label) {
    return {
        content: `No longer filter by ${label}`,
        trigger: `.o_searchview_facet:contains("${label}") .o_facet_remove`,
        run: "click",
    };
}
