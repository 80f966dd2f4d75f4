/* global Chart */
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLOUR = "#1f77b4"; // as Odoo's own gauges; seen on light and dark
const percent = (share) => Math.round(1000 * share) / 10;

/** How a version did on leads that it had not seen: said against happened, by tenths, and how far off. */
export class VersionQuality extends Component {
    static template = "crm_lead_scoring.VersionQuality";
    static props = { ...standardFieldProps };

    setup() {
        this.said = useRef("said");
        this.tenths = useRef("tenths");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => {
                const charts = this.page.calibration.length
                    ? [
                          new Chart(this.said.el, this.saidConfig),
                          new Chart(this.tenths.el, this.tenthsConfig),
                      ]
                    : [];
                return () => charts.forEach((chart) => chart.destroy());
            },
            () => [JSON.stringify(this.page)],
        );
    }

    get page() {
        return this.props.record.data[this.props.name] || { calibration: [], losses: [] };
    }

    get losses() {
        return this.bars(this.page.losses);
    }

    get curve() {
        return this.bars(this.page.curve || []);
    }

    bars(losses) {
        const most = Math.max(...losses.map((loss) => loss.value), 0.001);
        return losses.map((loss) => ({
            ...loss,
            text: formatFloat(loss.value, { digits: [0, 3] }),
            width: Math.round((100 * loss.value) / most),
        }));
    }

    /** Chances that were said against the share that came true: on the line they are the same. */
    get saidConfig() {
        const points = this.page.calibration.map(([count, x, y]) => ({
            x: percent(x),
            y: percent(y),
            count,
        }));
        return {
            type: "scatter",
            data: {
                datasets: [
                    {
                        label: _t("Leads of about the same chance"),
                        data: points,
                        showLine: true,
                        borderColor: COLOUR,
                        backgroundColor: COLOUR,
                        pointRadius: 4,
                    },
                    {
                        label: _t("As it should be"),
                        data: [
                            { x: 0, y: 0 },
                            { x: 100, y: 100 },
                        ],
                        showLine: true,
                        pointRadius: 0,
                        borderDash: [4, 4],
                        borderColor: this.textColor,
                    },
                ],
            },
            options: this.options(_t("Said (%)"), _t("Won (%)"), { max: 100 }),
        };
    }

    /** Share won in each tenth by score, against the share won of all. */
    get tenthsConfig() {
        const bins = this.page.calibration;
        return {
            type: "bar",
            data: {
                labels: bins.map((_bin, place) => place + 1),
                datasets: [
                    {
                        label: _t("Won (%)"),
                        data: bins.map(([, , won]) => percent(won)),
                        backgroundColor: COLOUR,
                        order: 2,
                    },
                    {
                        type: "line",
                        label: _t("Base rate"),
                        data: bins.map(() => percent(this.page.base)),
                        borderColor: this.textColor,
                        borderDash: [4, 4],
                        pointRadius: 0,
                        order: 1,
                    },
                ],
            },
            options: this.options(_t("Tenth of leads, worst to best score"), _t("Won (%)"), {}),
        };
    }

    get textColor() {
        return getComputedStyle(this.said.el).color;
    }

    options(xTitle, yTitle, xScale) {
        const color = this.textColor;
        const grid = { color: "#8888" };
        const axis = (text, scale) => ({
            min: 0,
            ...scale,
            grid,
            ticks: { color },
            title: { display: true, text, color },
        });
        const x = axis(xTitle, xScale);
        return {
            maintainAspectRatio: false,
            animation: false,
            scales: { x, y: axis(yTitle, { max: 100 }) },
            plugins: { legend: { position: "bottom", labels: { color } } },
        };
    }
}

registry.category("fields").add("crm_score_quality", {
    component: VersionQuality,
    supportedTypes: ["json"],
});
