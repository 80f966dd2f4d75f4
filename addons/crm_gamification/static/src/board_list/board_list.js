import { Component, useRef } from "@odoo/owl";
import { BoardPicture } from "../board/board_picture";
import { TRENDS } from "../board/use_board";
import { useOrderMotion } from "../board/use_order_motion";

/** All rows with how far they are; one's own stays in sight while the others scroll. */
export class BoardList extends Component {
    static template = "crm_gamification.BoardList";
    static components = { BoardPicture };
    static props = {
        rows: Array,
        open: { type: Function, optional: true },
        openCard: { type: Function, optional: true },
        streaks: { type: Array, optional: true },
    };
    static defaultProps = { streaks: [] };

    setup() {
        this.trends = TRENDS;
        useOrderMotion(useRef("root"));
    }

    /** What the whole width stands for, in points: at least the target, at most the best. */
    get scale() {
        return Math.max(100, ...this.props.rows.map((row) => row.points));
    }

    get mark() {
        return (100 * 100) / this.scale;
    }

    width(row) {
        return Math.max(0, (100 * row.points) / this.scale);
    }

    /** A single goal's figure stands in the row itself, unless that shows points for it. */
    details(row) {
        const [first] = row.figures;
        return row.figures.length === 1 && first.text === row.figure ? [] : row.figures;
    }

    canOpen(figure) {
        return Boolean(figure.opens && this.props.open);
    }
}
