"""Odoo's own scoring, counted on the same leads, so that both can be compared on what they had not seen.

For each team: how often each value of a field was won and lost, a tenth added to each count, all
fields multiplied as if they had nothing to do with one another (`crm.lead`, Predictive Lead
Scoring). A won lead counts in every stage, a lost one up to the stage where it was lost.
"""

from dataclasses import dataclass

import numpy as np

from .table import MISSING, TAGS

ADDED, LEAST_TAGS = 0.1, 50
LOWEST, HIGHEST = 0.0001, 0.9999


@dataclass(frozen=True, slots=True)
class OdooCounting:
    """
    :param names: features that it counts
    :param stages: int64, ids of stages in their order
    """

    names: tuple
    stages: np.ndarray

    def chances(self, past, later):
        """What Odoo would say of later rows, having counted the past: float64[len(later)].

        :param History past, later: a lead's last row counts, as Odoo counts a lead once
        """
        last = past.take(_last_rows(past.table.lead))
        everyone = self._counted(last, np.arange(len(last)), later, np.arange(len(later)))
        found = np.where(np.isnan(everyone), last.won.mean() if len(last) else 0.5, everyone)
        for team in np.unique(last.team):
            own, asked = np.flatnonzero(last.team == team), np.flatnonzero(later.team == team)
            if team != MISSING and len(asked):
                said = self._counted(last, own, later, asked)
                found[asked] = np.where(np.isnan(said), found[asked], said)
        return np.clip(found, LOWEST, HIGHEST)

    def _counted(self, past, own, later, asked):
        """NaN where there is nothing won or nothing lost to go by."""
        won = past.won[own]
        wins, losts = won.sum() + ADDED, (~won).sum() + ADDED
        if wins < 1 or losts < 1:
            return np.full(len(asked), np.nan)
        odds = np.full(len(asked), np.log(wins / losts))
        past_table, later_table = past.table.take(own), later.table.take(asked)
        for feature in past_table.features:
            if feature.name == "stage_id":
                odds += self._of_stage(past_table.columns["stage_id"], won, later_table.columns["stage_id"])
            elif feature.name in self.names:
                odds += _of_values(feature, past_table, won, later_table)
        return 1 / (1 + np.exp(-np.clip(odds, -50, 50)))

    def _of_stage(self, past, won, later):
        order = {stage: place for place, stage in enumerate(self.stages.tolist())}
        place = np.array([order.get(stage, -1) for stage in past.tolist()])
        reached = np.array([((place >= step) & ~won).sum() for step in range(len(self.stages))]) + ADDED
        share = reached / ((~won).sum() + ADDED)
        asked = np.array([order.get(stage, -1) for stage in later.tolist()])
        return np.where(asked >= 0, -np.log(share[asked]) if len(share) else 0.0, 0.0)


def _last_rows(leads):
    _ids, place = np.unique(leads[::-1], return_index=True)
    return np.sort(len(leads) - 1 - place)


def _of_values(feature, past, won, later):
    """Log of how much likelier each row's values are among won leads."""
    is_tags = feature.kind == TAGS
    column, asked = past.columns[feature.name], later.columns[feature.name]
    codes, rows = (column.codes, column.rows()) if is_tags else (column, np.arange(len(column)))
    wanted, at = (asked.codes, asked.rows()) if is_tags else (asked, np.arange(len(asked)))
    seen = codes != MISSING
    values, place = np.unique(codes[seen], return_inverse=True)
    wins = np.bincount(place, won[rows[seen]], len(values)) + ADDED
    losts = np.bincount(place, ~won[rows[seen]], len(values)) + ADDED
    if not len(values):
        return np.zeros(len(later))
    gain = np.log(wins / wins.sum()) - np.log(losts / losts.sum())
    if is_tags:
        gain = np.where(wins + losts < LEAST_TAGS, 0.0, gain)
    found = np.minimum(np.searchsorted(values, wanted), len(values) - 1)
    gains = np.where((values[found] == wanted) & (wanted != MISSING), gain[found], 0.0)
    return np.bincount(at, gains, len(later))
