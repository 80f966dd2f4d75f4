import { onPatched, onWillPatch } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const MOTION = { duration: 600, easing: "cubic-bezier(0.2, 0, 0, 1)" };

/** Lets what bears a `data-key` glide to its new place; not for people who asked for less motion. */
export function useOrderMotion(root) {
    let before = new Map();

    function places() {
        const items = root.el ? [...root.el.querySelectorAll("[data-key]")] : [];
        return new Map(items.map((item) => [item.dataset.key, item.getBoundingClientRect()]));
    }

    onWillPatch(() => {
        before = places();
    });
    onPatched(() => {
        if (browser.matchMedia("(prefers-reduced-motion: reduce)").matches) {
            return;
        }
        for (const item of root.el ? root.el.querySelectorAll("[data-key]") : []) {
            const was = before.get(item.dataset.key);
            const is = item.getBoundingClientRect();
            const [x, y] = was ? [was.left - is.left, was.top - is.top] : [0, 0];
            if (x || y) {
                item.animate(
                    [{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }],
                    MOTION,
                );
            }
        }
    });
}
