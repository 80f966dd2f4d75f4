import { Component, useRef } from "@odoo/owl";
import { BoardPicture } from "../board/board_picture";
import { useOrderMotion } from "../board/use_order_motion";

/** The first three. They stand in reading order; only the look puts the first into the middle. */
export class Podium extends Component {
    static template = "crm_gamification.Podium";
    static components = { BoardPicture };
    static props = { rows: Array };

    setup() {
        useOrderMotion(useRef("root"));
    }
}
