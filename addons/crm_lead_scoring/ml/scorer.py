"""What was learned, ready to serve: numpy only, nothing of scikit-learn."""

from dataclasses import dataclass

import numpy as np

from .measures import logit, sigmoid

LOWEST, HIGHEST = 0.0001, 0.9999  # nothing that is open is impossible or certain


@dataclass(frozen=True, slots=True)
class Scorer:
    """
    :param schema: tuple of Binned
    :param members: tuple of (share, Additive or Trees); shares add up to 1
    :param float slope, shift: from their log-odds to calibrated ones
    :param float base: the base rate that it was measured against
    :param typical: float64[features], what each feature adds on average, in calibrated log-odds
    :param track: float64[bins, 4] of leads that it had not seen: number, mean chance, share won,
        highest chance of the bin
    """

    schema: tuple
    members: tuple
    slope: float
    shift: float
    base: float
    typical: np.ndarray
    track: np.ndarray

    @property
    def names(self):
        """Names of the features that it asks for."""
        return tuple(binned.feature.name for binned in self.schema)

    def margin(self, table):
        """Calibrated log-odds of winning: float64[n]."""
        raw = sum((share * member.margin(self.schema, table) for share, member in self.members), np.zeros(len(table)))
        return self.slope * raw + self.shift

    def chance(self, table):
        """Chance of winning: float64[n], between LOWEST and HIGHEST."""
        return np.clip(sigmoid(self.margin(table)), LOWEST, HIGHEST)

    def parts(self, table):
        """What each feature adds to the calibrated log-odds: float64[n, features]."""
        raw = sum(share * member.parts(self.schema, table) for share, member in self.members)
        return self.slope * raw

    def similar(self, chance):
        """Leads that it had not seen and gave about this chance.

        :return: (how many, share won, low, high): the 90 % interval of that share; None where
            there is no track record
        """
        if not len(self.track):
            return None
        place = min(int(np.searchsorted(self.track[:, 3], chance)), len(self.track) - 1)
        count, _said, share, _top = self.track[place]
        low, high = wilson(share, count)
        return round(count), float(share), low, high


def wilson(share, count, z=1.645):
    """Interval of a share seen in so many (Wilson 1927): (low, high)."""
    middle = (share + z * z / 2 / count) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / 4 / count**2)
    return float(max(middle - half, 0)), float(min(middle + half, 1))


def slope_of(margin, won, weight, fold, steps=30):
    """How much of a candidate's differences comes true: the slope of a logistic regression on its
    log-odds (Platt 1999), drawn towards 1, with a level of its own for each fold: that times have
    changed between two folds says nothing of how leads differ.

    :param margin: float64[n], log-odds of leads that were not learned from
    :param fold: int64[n]
    :return: float, never negative
    """
    _folds, place = np.unique(fold, return_inverse=True)
    columns = np.concatenate((margin[:, None], np.eye(place.max() + 1)[place]), axis=1)
    pull = np.array([20.0] + [0.05] * (columns.shape[1] - 1))
    start = np.array([1.0] + [0.0] * (columns.shape[1] - 1))
    values = start.copy()
    for _step in range(steps):
        chance = sigmoid(columns @ values)
        gradient = columns.T @ (weight * (chance - won)) + pull * (values - start)
        curve = columns.T @ (columns * (weight * np.maximum(chance * (1 - chance), 1e-6))[:, None])
        move = np.clip(np.linalg.solve(curve + np.diag(pull), gradient), -1, 1)
        values = values - move
        if np.abs(move).max() < 1e-8:
            break
    return max(float(values[0]), 0.0)


def shift_to(margin, weight, base):
    """What to add so that the mean chance is the base rate. :param margin: float64[n], log-odds"""
    low, high = -20.0, 20.0
    for _step in range(60):
        middle = (low + high) / 2
        too_low = np.average(sigmoid(margin + middle), weights=weight) < base
        low, high = (middle, high) if too_low else (low, middle)
    return (low + high) / 2


def flat(base):
    """Who knows nothing but the base rate."""
    return Scorer((), (), 0.0, float(logit(base)), float(base), np.empty(0), np.empty((0, 4)))
