from odoo import api, fields, models
from odoo.fields import Domain

from ..figures.period import Month

OPEN = Domain("won_status", "=", "pending") & Domain("active", "=", True)
UNATTENDED = ("waiting_for_us", "overdue", "no_next_step", "stalled")


class CrmTeamDashboard(models.AbstractModel):
    """A team at a glance: money by stream, work and results of each member. Each figure opens its records.

    Streams come with the app that they are of: its bridge adds to `_streams`.
    """

    _name = "crm.team.dashboard"
    _inherit = "crm.figure.page"
    _description = "Team Dashboard"

    @api.model
    def _page_title(self, options):
        return self.env._("Team Dashboard")

    @api.model
    def _page_tiles(self, options):
        _, team = self.env._, self._page_team_domain(options)
        month = Month.of(options["month"])
        won = Domain("won_status", "=", "won") & self._page_within("date_closed", month) & team
        new = self._page_within("create_date", month) & team & self._any_active()
        standing = OPEN & team & Domain("type", "=", "opportunity")
        unattended = OPEN & team & Domain("attention_state", "in", UNATTENDED)
        ((won_number, won_amount),) = self._sums(won, (), ("won_amount",))
        ((number, amount),) = self._sums(standing, (), ("open_amount",))
        ((new_number,),) = self._sums(new)
        ((left_alone,),) = self._sums(unattended)
        return [
            self._page_tile(_("Won"), self._money(won_amount), _("%s deals", self._number(won_number)), won),
            self._page_tile(_("Open"), self._money(amount), _("%s opportunities", self._number(number)), standing),
            self._page_tile(_("New Leads"), self._number(new_number), self._page_month_words(month)[1], new),
            self._page_tile(
                _("Unattended"),
                self._number(left_alone),
                _("customers that wait, steps that are late or missing, deals that stand still"),
                unattended,
            ),
        ]

    @api.model
    def _page_tables(self, options):
        return [self._streams_table(options), self._members_table(options), self._stages_table(options)]

    # -- money by stream -----------------------------------------------------------------------

    @api.model
    def _streams(self):
        """Streams of money that may be read: dicts of `label`, `model`, `amount` and `date` (fields), `domain`,
        `team` (field, None where the records know no team) and `is_cost`."""
        return []

    @api.model
    def _streams_table(self, options):
        _, rows, month = self.env._, [], Month.of(options["month"])
        for stream in self._streams():
            if not self.env[stream["model"]].has_access("read"):
                continue
            sums = [self._stream_sum(stream, one, options) for one in (month, month.plus(-1), month.plus(-12))]
            domain = self._stream_domain(stream, month, options)
            label = _("%s (cost)", stream["label"]) if stream.get("is_cost") else stream["label"]
            cells = [label, self._number(sums[0][0]), *(self._money(amount) for _number, amount in sums)]
            rows.append({"cells": cells, "open": self._opens(stream["label"], domain, stream["model"])})
        columns = [_("Stream"), _("Number"), _("This Month"), _("Month Before"), _("A Year Ago")]
        empty = _("No app that brings money (Sales, Point of Sale, Online Shop, Invoicing) is installed.")
        return self._page_table(_("Money by Stream"), columns, rows, empty)

    @api.model
    def _stream_domain(self, stream, month, options):
        domain = Domain(stream["domain"]) & self._stream_within(stream, month)
        if not options["team_id"]:
            return domain
        if stream.get("team"):
            return domain & Domain(stream["team"], "=", options["team_id"])
        members = self.env["crm.team"].browse(options["team_id"]).sudo().member_ids
        return domain & Domain("user_id", "in", members.ids)

    @api.model
    def _stream_within(self, stream, month):
        field = self.env[stream["model"]]._fields[stream["date"]]
        if field.type == "datetime":
            return self._page_within(stream["date"], month)
        return Domain(stream["date"], ">=", month.first) & Domain(stream["date"], "<=", month.last)

    @api.model
    def _stream_sum(self, stream, month, options):
        """Number and money, in the currency of the reader's company."""
        domain = self._stream_domain(stream, month, options)
        model, field = self.env[stream["model"]], self.env[stream["model"]]._fields[stream["amount"]]
        spec = f"{stream['amount']}:{'sum_currency' if field.type == 'monetary' else 'sum'}"
        ((number, amount),) = model._read_group(domain, [], ["__count", spec])
        return number, amount or 0

    # -- members -------------------------------------------------------------------------------

    @api.model
    def _members_table(self, options):
        """Who has what, did what and won what; everybody with an open lead or a deal won in the month."""
        _, team, month = self.env._, self._page_team_domain(options), Month.of(options["month"])
        won = Domain("won_status", "=", "won") & self._page_within("date_closed", month) & team
        columns_of = {
            "open": (OPEN & team, "open_amount"),
            "unattended": (OPEN & team & Domain("attention_state", "in", UNATTENDED), "open_amount"),
            "won": (won, "won_amount"),
        }
        found = {}
        for name, (domain, measure) in columns_of.items():
            for user, number, amount in self._sums(domain, ["user_id"], (measure,)):
                found.setdefault(user, {})[name] = (number, amount or 0)
        late = self._late_steps(team)
        rows = []
        for user, values in sorted(found.items(), key=lambda item: -item[1].get("won", (0, 0))[1]):
            number, amount = values.get("open", (0, 0))
            won_number, won_amount = values.get("won", (0, 0))
            name = user.sudo().display_name or _("Nobody")
            left_alone = values.get("unattended", (0, 0))[0]
            cells = [
                name, self._number(number), self._money(amount), self._number(left_alone),
                self._number(late.get(user, 0)), self._number(won_number), self._money(won_amount),
            ]  # fmt: skip
            rows.append({"cells": cells, "open": self._opens(name, OPEN & team & Domain("user_id", "=", user.id))})
        columns = [
            _("Salesperson"), _("Open"), _("Expected Revenue"), _("Unattended"),
            _("Late Steps"), _("Won"), _("Won Revenue"),
        ]  # fmt: skip
        return self._page_table(_("Members"), columns, rows, _("Nobody has an open lead."))

    @api.model
    def _late_steps(self, team):
        """user -> open leads of his that have a late activity"""
        domain = OPEN & team & Domain("activity_ids.date_deadline", "<", fields.Date.context_today(self))
        return dict(self.env["crm.lead"]._read_group(domain, ["user_id"], ["__count"]))

    # -- stages --------------------------------------------------------------------------------

    @api.model
    def _stages_table(self, options):
        """What stands in each stage; congested ones in red, with the reason."""
        _, team = self.env._, self._page_team_domain(options)
        standing = OPEN & team & Domain("type", "=", "opportunity")
        congested = self.env["crm.stage"].get_congestion(options["team_id"])
        groups = self._sums(standing, ["stage_id"], ("open_amount", "open_prorated", "age_days"))
        rows = []
        for stage, number, amount, weighted, age in sorted(groups, key=lambda group: (group[0].sequence, group[0].id)):
            name, why = stage.display_name or _("None"), "\n".join(congested.get(stage.id, {}).values())
            cells = [name, self._number(number), self._money(amount), self._money(weighted), self._number(age)]
            domain = standing & Domain("stage_id", "=", stage.id)
            rows.append(
                {
                    "cells": cells,
                    "open": self._opens(name, domain),
                    "colour": "text-danger" if why else "",
                    "hint": why,
                }
            )
        columns = [_("Stage"), _("Open"), _("Expected Revenue"), _("Prorated Revenue"), _("Age (Days)")]
        text = _("Red stages are congested; pointing at one says why.") if congested else ""
        return {**self._page_table(_("Stages"), columns, rows, _("No opportunity is open.")), "text": text}
