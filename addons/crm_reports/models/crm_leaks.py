from odoo import api, fields, models
from odoo.fields import Domain

from ..figures.leaks import Count, beyond_chance, few, leaks
from ..figures.period import Month

CLOSED = Domain("won_status", "in", ["won", "lost"])
LOST = Domain("won_status", "=", "lost")
# a lead has a stage and a reason only because it was lost: of all closed deals, how many were lost so
HOW = ("stage_id", "lost_reason_id")
# these it had before: of their closed deals, how many were lost
WHERE = ("source_id", "team_id", "user_id")
MONTHS_NOW, MONTHS_USUAL = 3, 12
NEARLY_ALL, MOST = 0.8, 0.5
SENTENCES = 3
ROWS = 8


class CrmLeaks(models.AbstractModel):
    """Where deals are lost more than usual: the few parts that explain most of it, in words and with their deals."""

    _name = "crm.leaks"
    _inherit = "crm.figure.page"
    _description = "Where Revenue Leaks"

    @api.model
    def _page_title(self, options):
        return self.env._("Where Revenue Leaks")

    @api.model
    def _page_options(self, options):
        """The month is the first of those looked at; at first the last three."""
        today = Month.with_day(fields.Date.context_today(self))
        return super()._page_options({"month": str(today.plus(1 - MONTHS_NOW)), **options})

    @api.model
    def get_page(self, options=None):
        page = super().get_page(options)
        said, sentences = set(), []
        for table in page["tables"]:
            sentence, parts = table.pop("sentence")
            # the same leak seen from another side is said once
            if sentence and said.isdisjoint(parts):
                sentences.append(sentence)
                said |= parts
        nothing = self.env._("No part loses more than usual beyond what chance does.")
        return {**page, "lead": " ".join(sentences[:SENTENCES]) or nothing}

    @api.model
    def _page_tiles(self, options):
        _ = self.env._
        now, before = self._leak_times(options)
        counts = [self._leak_whole(domain) for domain in (now, before)]
        usual = counts[1].share
        return [
            self._page_tile(
                _("Lost"),
                self._percent(counts[0].lost, counts[0].closed),
                _("usually %s", self._percent(counts[1].lost, counts[1].closed)),
                now & LOST,
            ),
            self._page_tile(
                _("Lost Revenue"),
                self._money(counts[0].lost_money),
                _("of %s closed", self._money(counts[0].closed_money)),
                now & LOST,
            ),
            self._page_tile(
                _("Deals Lost beyond the Usual"),
                self._number(max(counts[0].lost - usual * counts[0].closed, 0) if usual is not None else 0),
                _("of %s closed", self._number(counts[0].closed)),
                now,
            ),
        ]

    @api.model
    def _page_tables(self, options):
        times = self._leak_times(options)
        found = {name: self._leaks_of(name, times) for name in (*HOW, *WHERE)}
        every = [leak for name in found for leak in found[name]]
        named = {
            id(leak)
            for leak, is_named in zip(every, beyond_chance([leak.p for leak in every]), strict=True)
            if is_named
        }
        tables = [self._leak_table(name, found[name], named, times, options) for name in found]
        return sorted(tables, key=lambda table: -table.pop("weight"))

    # -- counting ------------------------------------------------------------------------------

    @api.model
    def _leak_times(self, options):
        """Domains of the deals closed since the month, and in the year before it."""
        month, team = Month.of(options["month"]), self._page_team_domain(options)
        begin, _end = month.moments(str(self.env.tz))
        year_before, _end = month.plus(-MONTHS_USUAL).moments(str(self.env.tz))
        return (
            CLOSED & team & Domain("date_closed", ">=", begin),
            CLOSED & team & Domain("date_closed", ">=", year_before) & Domain("date_closed", "<", begin),
        )

    @api.model
    def _leak_whole(self, domain):
        ((_number, lost, won, lost_money, won_money),) = self._sums(
            domain, (), ("lost_count", "won_count", "lost_amount", "won_amount")
        )
        lost, won, lost_money, won_money = (value or 0 for value in (lost, won, lost_money, won_money))
        return Count(lost, lost + won, lost_money, lost_money + won_money)

    @api.model
    def _leaks_of(self, name, times):
        """A stage or reason by which nobody was lost has nothing lost of all that closed."""
        counts = [self._leak_counts(name, domain) for domain in times]
        if name not in HOW:
            return leaks(*counts)
        wholes = [self._leak_whole(domain) for domain in times]
        return leaks(*counts, [Count(0, whole.closed, 0.0, whole.closed_money) for whole in wholes])

    @api.model
    def _leak_counts(self, name, domain):
        """record id -> Count"""
        whole, found = self._leak_whole(domain), {}
        for record, _number, lost, won, lost_money, won_money in self._sums(
            domain, [name], ("lost_count", "won_count", "lost_amount", "won_amount")
        ):
            lost, won, lost_money, won_money = (value or 0 for value in (lost, won, lost_money, won_money))
            if name in HOW:
                if lost:
                    found[record.id] = Count(lost, whole.closed, lost_money, whole.closed_money)
            else:
                found[record.id] = Count(lost, lost + won, lost_money, lost_money + won_money)
        return found

    # -- words ---------------------------------------------------------------------------------

    @api.model
    def _leak_table(self, name, found, named, times, options):
        _, picked = self.env._, few(found)
        shown = [leak for leak in found if leak.now.lost and (leak.money > 0 or id(leak) in named)][:ROWS]
        rows = []
        for leak in shown:
            label = self._leak_label(name, leak.key)
            points = "–" if leak.points is None else _("%s points", self._signed(leak.points))
            cells = [
                label,
                _("%(lost)s of %(closed)s", lost=self._number(leak.now.lost), closed=self._number(leak.now.closed)),
                self._percent(leak.now.lost, leak.now.closed),
                self._percent(leak.before.lost, leak.before.closed),
                points,
                self._money(max(leak.money, 0)),
            ]
            domain = times[0] & LOST & Domain(name, "=", leak.key) & self._any_active()
            rows.append(
                {
                    "cells": cells,
                    "open": self._opens(label, domain),
                    "colour": "text-danger" if id(leak) in named else "",
                }
            )
        title = self._leak_titles()[name]
        columns = [title, _("Lost"), _("Share"), _("Usual"), _("More than Usual"), _("Money beyond the Usual")]
        table = self._page_table(title, columns, rows, _("Nothing here loses more than usual."))
        worst = next((leak for leak in picked if leak.key and id(leak) in named), None)
        return {
            **table,
            "weight": worst.money if worst else 0,
            "sentence": self._leak_sentence(name, worst, times, options) if worst else ("", set()),
        }

    @api.model
    def _leak_sentence(self, name, leak, times, options):
        """One leak in words, with the part of it that most of it comes from; and the parts that it names."""
        _ = self.env._
        since = self._page_month_words(Month.of(options["month"]))[1]
        values = {
            "part": self._leak_label(name, leak.key),
            "points": self._number(leak.points),
            "since": since,
            "money": self._money(leak.money),
        }
        said = {values["part"]}
        source = self._leak_source(name, leak, times)
        if not source:
            text = _("%(part)s loses %(points)s points more than usual since %(since)s: %(money)s.", **values)
        else:
            share, values["origin"] = source
            said.add(values["origin"])
            text = (
                _(
                    "%(part)s loses %(points)s points more than usual since %(since)s: %(money)s, "
                    "nearly all of it from %(origin)s.",
                    **values,
                )
                if share >= NEARLY_ALL
                else _(
                    "%(part)s loses %(points)s points more than usual since %(since)s: %(money)s, "
                    "most of it from %(origin)s.",
                    **values,
                )
            )
        return text, said

    @api.model
    def _leak_source(self, name, leak, times):
        """(share of the leak's deals beyond the usual, label) of the part of it that stands out, if one does."""
        best = (MOST, None)
        usual = leak.before.lost / (leak.before.closed or 1)
        beyond = leak.now.lost - usual * leak.now.closed
        for other in (*WHERE, *HOW):
            # where all deals are of one team, say, the team explains nothing
            if other == name or beyond <= 0 or len(self._sums(times[0], [other])) < 2:
                continue
            lost = [
                {
                    record.id: number
                    for record, number in self._sums(domain & LOST & Domain(name, "=", leak.key), [other])
                }
                for domain in times
            ]
            scale = leak.now.closed / (leak.before.closed or 1)
            for key, number in lost[0].items():
                share = min((number - scale * lost[1].get(key, 0)) / beyond, 1)
                if key and share > best[0]:
                    best = (share, self._leak_label(other, key))
        return best if best[1] else None

    @api.model
    def _leak_label(self, name, key):
        comodel = self.env["crm.lead"]._fields[name].comodel_name
        return self.env[comodel].sudo().browse(key).display_name if key else self.env._("None")

    @api.model
    def _leak_titles(self):
        _ = self.env._
        return {
            "stage_id": _("By Stage"),
            "lost_reason_id": _("By Reason"),
            "source_id": _("By Source"),
            "team_id": _("By Team"),
            "user_id": _("By Salesperson"),
        }

    @api.model
    def _signed(self, value):
        return f"{'+' if value >= 0 else '−'}{self._number(abs(value))}"
