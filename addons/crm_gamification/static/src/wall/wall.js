import {
    Component,
    onMounted,
    onWillDestroy,
    onWillStart,
    useExternalListener,
    useRef,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useBoard } from "../board/use_board";
import { BoardList } from "../board_list/board_list";
import { Podium } from "../podium/podium";

/** So long (ms) each challenge is shown; where there is one only, it is read again as seldom as that. */
export const TURN = 20000;
export const REST = 300000;
const SHOWN = 8;

/** The leaderboard for a screen on the wall: big, dark, without menus. Escape leaves it. */
export class BoardWall extends Component {
    static template = "crm_gamification.BoardWall";
    static components = { BoardList, Podium };
    static props = { options: Object, close: Function };

    setup() {
        this.root = useRef("root");
        this.state = useBoard();
        onWillStart(async () => {
            await this.state.load(this.props.options);
            this.timer = browser.setInterval(
                () => this.turn(1),
                this.running.length > 1 ? TURN : REST,
            );
        });
        onMounted(() => {
            this.root.el.focus();
            this.root.el.requestFullscreen?.().catch(() => {});
        });
        onWillDestroy(() => {
            browser.clearInterval(this.timer);
            if (document.fullscreenElement) {
                document.exitFullscreen();
            }
        });
        useExternalListener(document, "fullscreenchange", () => {
            if (!document.fullscreenElement) {
                this.props.close();
            }
        });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
    }

    get board() {
        return this.state.board;
    }

    get running() {
        return this.state.boards.filter((board) => board.is_running);
    }

    get leaders() {
        return this.board.rows.filter((row) => row.place).slice(0, 3);
    }

    get others() {
        return this.board.rows.filter((row) => row.place).slice(3, 3 + SHOWN);
    }

    /** Shows the running challenge that many places further. */
    async turn(step) {
        const { running } = this;
        const place = running.findIndex((board) => board.id === this.board.id);
        const next = running[(place + step + running.length) % running.length];
        const change = next && next.id !== this.board.id ? { challenge: next.id, by: false } : {};
        try {
            await this.state.load({ offset: 0, ...change });
        } catch {
            this.state.isWaiting = true;
        }
    }

    onKeydown(ev) {
        const steps = { ArrowRight: 1, ArrowLeft: -1 };
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.close();
        } else if (ev.key in steps) {
            ev.stopPropagation();
            this.turn(steps[ev.key]);
        }
    }
}
