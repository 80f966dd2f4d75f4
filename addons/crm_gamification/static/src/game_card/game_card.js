import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { BoardPicture } from "../board/board_picture";

/** What somebody has earned: rank, badges with why, and streaks that run. */
export class GameCard extends Component {
    static template = "crm_gamification.GameCard";
    static props = { card: [Object, { value: false }] };

    get isEmpty() {
        const { card } = this.props;
        return !card || !(card.rank || card.karma || card.badges.length || card.streaks.length);
    }
}

/** The card of somebody on a board. */
export class GameCardPopover extends Component {
    static template = "crm_gamification.GameCardPopover";
    static components = { BoardPicture, GameCard };
    static props = {
        row: Object,
        card: GameCard.props.card,
        close: { type: Function, optional: true },
    };
}

/** The card in the form of a user. */
export class GameCardField extends Component {
    static template = "crm_gamification.GameCardField";
    static components = { GameCard };
    static props = { ...standardFieldProps };
}

registry.category("fields").add("crm_game_card", {
    component: GameCardField,
    supportedTypes: ["json"],
});
