import { Component } from "@odoo/owl";

/** Who a row is: a picture, or a sign for a team and for who does not want to be named. */
export class BoardPicture extends Component {
    static template = "crm_gamification.BoardPicture";
    static props = { row: Object };

    get icon() {
        return this.props.row.key.startsWith("team-") ? "fa-users" : "fa-user";
    }
}
