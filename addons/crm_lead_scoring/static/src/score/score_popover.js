import { Component } from "@odoo/owl";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";

/** Why a lead has its score, how sure that is, and what would raise it. */
export class ScorePopover extends Component {
    static template = "crm_lead_scoring.ScorePopover";
    static props = {
        told: Object,
        leadId: Number,
        onChanged: Function,
        close: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get told() {
        return this.props.told;
    }

    get isScored() {
        return this.told.state === "scored" && this.told.base !== undefined;
    }

    get isBaseRate() {
        return this.told.state === "not_better_than_base_rate" && this.told.base !== undefined;
    }

    get raising() {
        return (this.told.reasons || []).filter((reason) => reason.points > 0);
    }

    get lowering() {
        return (this.told.reasons || []).filter((reason) => reason.points < 0);
    }

    get headline() {
        return _t("Of 100 leads like this one, about %s are won.", this.number(this.told.score));
    }

    get baseRate() {
        return _t("Of 100 leads of any kind, %s are won.", this.number(this.told.base));
    }

    get howSure() {
        const { count, low, high } = this.told.similar || {};
        return count
            ? _t("Of %(count)s past leads with a score like this, %(low)s–%(high)s % were won.", {
                  count: formatInteger(count),
                  low,
                  high,
              })
            : "";
    }

    get typed() {
        return _t(
            "The probability of %s % was typed by a person: it stays until somebody changes it.",
            this.number(this.told.probability),
        );
    }

    get tooFew() {
        const { closed, needed, needed_each: each } = this.told;
        return needed
            ? _t(
                  "Odoo's own value is shown until %(needed)s leads are closed, at least %(each)s of them won and %(each)s lost. Now %(closed)s are closed.",
                  { needed, each, closed },
              )
            : _t("Odoo's own value is shown until enough is learned from closed leads.");
    }

    get learned() {
        if (!this.told.learned_on) {
            return "";
        }
        const moment = deserializeDateTime(this.told.learned_on.slice(0, 19).replace("T", " "));
        return _t("Learned on %(day)s from %(count)s closed leads", {
            day: formatDate(moment),
            count: formatInteger(this.told.closed),
        });
    }

    number(value) {
        return formatFloat(value, { digits: [0, Math.abs(value) < 10 && value % 1 ? 1 : 0] });
    }

    points(value) {
        return (value > 0 ? "+" : "−") + this.number(Math.abs(value));
    }

    async take(step) {
        const action = await this.orm.call("crm.lead", "action_score_step", [
            [this.props.leadId],
            step,
        ]);
        // Closed last, and not waited for: services answer no component that is gone.
        this.action.doAction(action, { onClose: () => this.props.onChanged() });
        this.props.close?.();
    }
}
