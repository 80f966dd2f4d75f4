import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { lastChallenge } from "../board/use_board";
import { BoardPicture } from "../board/board_picture";

const TOP = 3;

/** My place in the first of my challenges, from anywhere. Nothing is asked before it is opened. */
export class BoardMenu extends Component {
    static template = "crm_gamification.BoardMenu";
    static components = { BoardPicture, Dropdown };
    static props = [];

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.dropdown = useDropdownState();
        this.state = useState({ board: false });
    }

    get board() {
        return this.state.board;
    }

    get me() {
        return this.board.rows.find((row) => row.is_me);
    }

    get top() {
        return this.board.rows.filter((row) => row.place).slice(0, TOP);
    }

    async read() {
        const { board } = await this.orm.call("gamification.challenge", "get_leaderboard", [
            lastChallenge(),
        ]);
        this.state.board = board;
    }

    open() {
        this.dropdown.close();
        return this.action.doAction("crm_gamification.crm_leaderboard_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add(
        "crm_gamification.board_menu",
        { Component: BoardMenu, isDisplayed: () => Boolean(session.crm_gamification_live) },
        { sequence: 19 },
    );
