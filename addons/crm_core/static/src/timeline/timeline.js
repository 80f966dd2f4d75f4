import { Component, useEffect, useState } from "@odoo/owl";
import {
    deserializeDateTime,
    formatDateTime,
    today,
    toLocaleDateString,
} from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { DIRECTIONS, formatSpan } from "./contact_format";

const PAGE_SIZE = 60;
const NOTHING = { resId: false, events: [], groups: [], next: false, note: "" };

function dayLabel(moment) {
    if (moment.hasSame(today(), "day")) {
        return _t("Today");
    }
    if (moment.hasSame(today().minus({ days: 1 }), "day")) {
        return _t("Yesterday");
    }
    return toLocaleDateString(moment);
}

/** What happened with a lead, newest first, one block per day of the user's calendar. */
export class CrmCoreTimeline extends Component {
    static template = "crm_core.Timeline";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.directions = DIRECTIONS;
        this.state = useState({ ...NOTHING, chosen: [], loading: false });
        // a record that is loaded, saved or changed for another one has new data
        useEffect(
            () => {
                this.load();
            },
            () => [this.props.record.data],
        );
    }

    get days() {
        const days = [];
        for (const event of this.state.events) {
            const moment = deserializeDateTime(event.moment);
            const key = moment.toISODate();
            if (days.at(-1)?.key !== key) {
                days.push({ key, label: dayLabel(moment), rows: [] });
            }
            days.at(-1).rows.push({
                event,
                time: moment.toLocaleString(luxon.DateTime.TIME_SIMPLE),
                fullTime: formatDateTime(moment),
                after: event.after && this.formatAfter(event.after.minutes),
            });
        }
        return days;
    }

    formatAfter(minutes) {
        const span = formatSpan(minutes);
        return span ? _t("%s after", span) : _t("at once");
    }

    async load({ more = false } = {}) {
        const { resId } = this.props.record;
        if (!resId) {
            return;
        }
        const { state } = this;
        if (state.resId !== resId) {
            Object.assign(state, NOTHING);
        }
        state.loading = true;
        try {
            const page = await this.keepLast.add(
                this.orm.call("crm.lead", "get_timeline", [[resId]], {
                    before: more && state.next,
                    groups: state.chosen.length ? [...state.chosen] : false,
                    limit: PAGE_SIZE,
                }),
            );
            const { groups, next, note } = page;
            const events = more ? [...state.events, ...page.events] : page.events;
            Object.assign(state, { events, groups, next, note, resId });
        } finally {
            state.loading = false;
        }
    }

    toggleGroup(name) {
        const { chosen } = this.state;
        this.state.chosen = chosen.includes(name)
            ? chosen.filter((other) => other !== name)
            : [...chosen, name];
        return this.load();
    }
}

registry.category("view_widgets").add("crm_core_timeline", { component: CrmCoreTimeline });
