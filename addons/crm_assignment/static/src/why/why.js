import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Says who has a lead and why, or why nobody has it. */
export class AssignmentWhy extends Component {
    static template = "crm_assignment.Why";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ card: null });
        onWillStart(async () => {
            const leadId = this.props.action.params.lead_id;
            this.state.card = await this.orm.call("crm.lead", "get_assignment_card", [[leadId]]);
        });
    }

    get passed() {
        return this.state.card.members.filter((member) => !member.chosen);
    }

    openRun() {
        this._open("crm.assignment.run", this.state.card.run_id);
    }

    openLookalike() {
        this._open("crm.lead", this.state.card.lookalike.id);
    }

    _open(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("crm_assignment.why", AssignmentWhy);
