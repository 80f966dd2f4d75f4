import { Component, onWillDestroy, onWillStart, status } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useSetupAction } from "@web/search/action_hook";
import { lastChallenge, rememberChallenge, useBoard } from "../board/use_board";
import { BoardList } from "../board_list/board_list";
import { GameCardPopover } from "../game_card/game_card";
import { Podium } from "../podium/podium";
import { BoardWall } from "../wall/wall";

const STEPS = 3;

/** Who is ahead in a challenge, by person or team, as of now or as the period before ended. */
export class Leaderboard extends Component {
    static template = "crm_gamification.Leaderboard";
    static components = { BoardList, Layout, Podium };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.overlay = useService("overlay");
        this.display = { controlPanel: {} };
        this.state = useBoard();
        this.card = usePopover(GameCardPopover, {
            position: "bottom-start",
            useBottomSheet: useService("ui").isSmall,
        });
        this.openCard = this.openCard.bind(this);
        this.closeWall = () => {};
        useSetupAction({ getLocalState: () => ({ options: this.state.options }) });
        onWillStart(() => this.state.load(this.props.state?.options || this.asked));
        onWillDestroy(() => this.closeWall());
    }

    /** The challenge that whoever opened the page asked for, or that was looked at last. */
    get asked() {
        const { challenge_id } = this.props.action.params || {};
        return { challenge: challenge_id || lastChallenge() };
    }

    get board() {
        return this.state.board;
    }

    get leaders() {
        return this.board.rows.filter((row) => row.place).slice(0, STEPS);
    }

    get goals() {
        const { lines } = this.board;
        const isWeighted = new Set(lines.map((line) => line.weight)).size > 1;
        return lines
            .map((line) => (isWeighted ? `${line.name} × ${line.weight}` : line.name))
            .join(" + ");
    }

    get daysLeft() {
        const days = this.board.period.days_left;
        return days === 1 ? _t("Last day") : _t("%s days left", days);
    }

    chooseChallenge(ev) {
        const challenge = Number(ev.target.value);
        rememberChallenge(challenge);
        return this.state.load({ challenge, offset: 0, by: false });
    }

    chooseWay(ev) {
        return this.state.load({ by: ev.target.value });
    }

    choosePeriod(offset) {
        return this.state.load({ offset });
    }

    async openFigure(row, figure) {
        const { offset } = this.state.options;
        this.action.doAction(
            await this.orm.call("gamification.challenge", "open_figure", [
                [this.board.id],
                figure.line_id,
                row.user_id,
                offset,
            ]),
        );
    }

    async openCard(row, target) {
        const card = await this.orm.call("gamification.challenge", "get_card", [
            [this.board.id],
            row.user_id,
        ]);
        if (status(this) !== "destroyed" && target.isConnected) {
            this.card.open(target, { row, card });
        }
    }

    openChallenges() {
        return this.action.doAction("gamification.challenge_list_action");
    }

    openWall() {
        const close = this.overlay.add(BoardWall, {
            options: { ...this.state.options },
            close: () => this.closeWall(),
        });
        this.closeWall = () => {
            this.closeWall = () => {};
            close();
        };
    }
}

registry.category("actions").add("crm_gamification.leaderboard", Leaderboard);
