import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** A page of figures made by the server (`crm.figure.page`): each figure opens its records. */
export class ReportPage extends Component {
    static template = "crm_reports.ReportPage";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.model = this.props.action.params.model;
        this.display = { controlPanel: {} };
        this.state = useState({ page: null });
        onWillStart(() =>
            this.load(this.props.state?.options || this.props.action.params.options || {}),
        );
    }

    get page() {
        return this.state.page;
    }

    async load(options) {
        this.state.page = await this.orm.call(this.model, "get_page", [options]);
        this.env.config.setDisplayName(this.page.title);
    }

    choose(name, value) {
        return this.load({ ...this.page.options, [name]: value });
    }

    chooseTeam(ev) {
        return this.choose("team_id", Number(ev.target.value) || false);
    }

    chooseMonth(ev) {
        return this.choose("month", ev.target.value);
    }

    open({ name, model, domain }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain,
            context: { create: false },
        });
    }

    print() {
        return this.action.doAction({
            type: "ir.actions.report",
            report_type: "qweb-pdf",
            report_name: this.page.report,
            report_file: this.page.report,
            name: this.page.title,
            data: this.page.options,
        });
    }

    isNumber(index) {
        return index > 0;
    }
}

registry.category("actions").add("crm_reports.page", ReportPage);
