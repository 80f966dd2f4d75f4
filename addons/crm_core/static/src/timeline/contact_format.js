import { _t } from "@web/core/l10n/translation";

const UNITS = [
    [24 * 60, (count) => _t("%s d", count)],
    [60, (count) => _t("%s h", count)],
    [1, (count) => _t("%s min", count)],
];

/** How an event's direction is shown; the title says it without the colour. */
export const DIRECTIONS = {
    in: { icon: "fa-long-arrow-left text-success", title: _t("From the customer") },
    out: { icon: "fa-long-arrow-right text-info", title: _t("From us") },
};

/**
 * A length of time in its largest units, smaller ones cut off: 125 gives "2 h 5 min".
 *
 * @param {number} minutes
 * @param {number} [size=2] how many neighbouring units at most
 * @returns {string} empty below one minute
 */
export function formatSpan(minutes, size = 2) {
    const first = UNITS.findIndex(([length]) => minutes >= length);
    if (first < 0) {
        return "";
    }
    const parts = [];
    let rest = minutes;
    for (const [length, format] of UNITS.slice(first, first + size)) {
        const count = Math.floor(rest / length);
        rest -= count * length;
        if (count) {
            parts.push(format(count));
        }
    }
    return parts.join(" ");
}
