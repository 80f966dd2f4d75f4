import { onWillDestroy, useExternalListener, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";

export const CHANNEL = "crm_gamification.board";
/** So long (ms) further messages are waited for, and at most so much longer, so that not all read at once. */
export const PATIENCE = 50;
export const SPREAD = 650;

/**
 * A leaderboard that reads itself again when the server says that a team has changed.
 *
 * @returns reactive {boards, board, streaks, hasCards, options, isReady, isWaiting} and `load(options)`; `isWaiting` says
 *  that the last figures could not be read again
 */
export function useBoard() {
    const orm = useService("orm");
    const bus = useService("bus_service");
    const last = new KeepLast();
    let timer = null;
    let isStale = false;

    const state = useState({
        boards: [],
        board: false,
        streaks: [],
        canMake: false,
        hasCards: false,
        isLive: false,
        isReady: false,
        isWaiting: false,
        options: { challenge: false, offset: 0, by: false },
        load,
    });

    /** What changes the options also makes them the ones of the next reading. */
    async function load(change = {}) {
        const options = { ...state.options, ...change };
        const { challenge, offset, by } = options;
        const { boards, board, is_live, can_make, has_cards, streaks } = await last.add(
            orm.call("gamification.challenge", "get_leaderboard", [challenge, offset, by || null]),
        );
        Object.assign(state, {
            boards,
            board,
            streaks: streaks || [],
            canMake: can_make,
            hasCards: Boolean(has_cards),
            isLive: is_live,
            isReady: true,
            isWaiting: false,
            options: { ...options, challenge: board && board.id },
        });
    }

    async function readAgain() {
        const { challenge, offset, by } = state.options;
        try {
            state.board = await last.add(
                orm.silent.call("gamification.challenge", "get_board", [
                    [challenge],
                    offset,
                    by || null,
                ]),
            );
            state.isWaiting = false;
        } catch {
            state.isWaiting = true;
        }
    }

    function onChanged() {
        if (!state.board || timer) {
            return;
        }
        if (document.hidden) {
            isStale = true;
            return;
        }
        timer = browser.setTimeout(
            () => {
                timer = null;
                readAgain();
            },
            PATIENCE + Math.random() * SPREAD,
        );
    }

    function onShown() {
        if (isStale && !document.hidden) {
            isStale = false;
            onChanged();
        }
    }

    bus.subscribe(CHANNEL, onChanged);
    bus.addEventListener("BUS:RECONNECT", onChanged);
    useExternalListener(document, "visibilitychange", onShown);
    onWillDestroy(() => {
        bus.unsubscribe(CHANNEL, onChanged);
        bus.removeEventListener("BUS:RECONNECT", onChanged);
        browser.clearTimeout(timer);
    });
    return state;
}

const LAST = "crm_gamification.challenge";

/** The challenge whose board was chosen last in this browser, or false. */
export function lastChallenge() {
    return Number(browser.localStorage.getItem(LAST)) || false;
}

export function rememberChallenge(challenge) {
    browser.localStorage.setItem(LAST, challenge);
}

/** The icon of a trend, and how good it is: up is better, also where less is better. */
export const TRENDS = {
    up: { icon: "fa-arrow-up", colour: "text-success" },
    down: { icon: "fa-arrow-down", colour: "text-danger" },
    same: { icon: "fa-minus", colour: "text-muted" },
};
