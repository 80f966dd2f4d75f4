"""What would have been known earlier, and how that would have done since."""

from dataclasses import dataclass, replace

import numpy as np

from . import measures
from .weights import row_weights

DAY = 86_400
LETTERS = "DCBA"


@dataclass(frozen=True, slots=True)
class Hindsight:
    """
    :param int count: leads that closed since
    :param int won: of these won
    :param float log_loss, base_log_loss: on these leads, of what was learned and of the base rate
    :param gain: (mean, low, high), by how much it was better, with the 95 % interval
    :param bands: letter -> (leads, won), a lead once
    """

    count: int
    won: int
    log_loss: float
    base_log_loss: float
    gain: tuple
    bands: dict


def split(history, moment):
    """
    :param float moment: seconds since 1970
    :return: History of what had closed until then, History of what closed since
    """
    closed = history.arrived + history.closed_after * DAY
    past, later = history.take(closed < moment), history.take(closed >= moment)
    leads, place = np.unique(later.table.lead, return_index=True)
    open_for = (moment - later.arrived[place]) / DAY
    return replace(past, open_for=open_for[open_for > 0]), later


def judge(scorer, edges, later, seed=0):
    """How a scorer does on leads that closed after it was learned.

    :param edges: where the bands C, B and A begin, chances
    :param History later: at least one lead
    :return: Hindsight
    """
    chance, weight = scorer.chance(later.table), row_weights(later)
    base = np.full(len(later), scorer.base)
    leads, place, inverse = np.unique(later.table.lead, return_index=True, return_inverse=True)
    mean = np.bincount(inverse, chance) / np.bincount(inverse)
    won = later.won[place]
    letter = np.searchsorted(np.asarray(edges), mean, side="right")
    return Hindsight(
        count=len(leads),
        won=int(won.sum()),
        log_loss=measures.log_loss(later.won, chance, weight),
        base_log_loss=measures.log_loss(later.won, base, weight),
        gain=measures.surely_better(later.won, chance, base, later.table.lead, weight, seed),
        bands={
            name: (int((letter == number).sum()), int(won[letter == number].sum()))
            for number, name in reversed(list(enumerate(LETTERS)))
        },
    )
