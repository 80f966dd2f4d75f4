"""Scores that add up: one weight for each bin of each feature."""

from dataclasses import dataclass

import numpy as np

from .measures import logit
from .scorer import shift_to
from .table import NUMBER, TAGS

SMOOTHING = 8.0  # leads of the base rate that each bin starts with


@dataclass(frozen=True, slots=True)
class Additive:
    """
    :param float start: log-odds of a lead of which nothing is known
    :param weights: one float64[binned.size] for each feature
    """

    start: float
    weights: tuple

    def parts(self, schema, table):
        """Log-odds that each feature adds: float64[n, features]."""
        found = np.zeros((len(table), len(schema)))
        for place, (binned, weights) in enumerate(zip(schema, self.weights, strict=True)):
            column = table.columns[binned.feature.name]
            if binned.feature.kind == TAGS:
                rows, bins = binned.pairs(column)
                found[:, place] = np.bincount(rows, weights[bins], len(table))
            else:
                found[:, place] = weights[binned.bins(column)]
        return found

    def margin(self, schema, table):
        """Log-odds of winning: float64[n]."""
        return self.start + self.parts(schema, table).sum(axis=1)


def learn_bayes(schema, table, won, weight, smoothing=SMOOTHING):
    """Naive Bayes, each bin drawn towards the base rate."""
    rate = np.average(won, weights=weight)
    tables = []
    for binned in schema:
        rows, bins = binned.pairs(table.columns[binned.feature.name])
        wins = np.bincount(bins, (weight * won)[rows], binned.size)
        losts = np.bincount(bins, (weight * ~won)[rows], binned.size)
        odds = np.log((wins + smoothing * rate) / (losts + smoothing * (1 - rate)))
        tables.append(np.where(wins + losts > 0, odds - logit(rate), 0.0))
    found = Additive(float(logit(rate)), tuple(tables))
    shift = shift_to(found.margin(schema, table), weight, rate)
    return Additive(found.start + shift, found.weights)


def design(schema, table):
    """One column for each bin, of numbers one for each edge that is passed: sparse [n, columns].

    Passing an edge instead of being in a bin lets neighbouring bins borrow from one another.
    """
    from scipy.sparse import csr_matrix, hstack

    blocks = []
    for binned in schema:
        rows, bins = binned.pairs(table.columns[binned.feature.name])
        if binned.feature.kind == NUMBER:
            passed = bins[:, None] > np.arange(1, binned.size - 1)
            block = np.concatenate(((bins == 0)[:, None], passed), axis=1)
            blocks.append(csr_matrix(block.astype(np.float32)))
        else:
            ones = np.ones(len(rows), np.float32)
            blocks.append(csr_matrix((ones, (rows, bins)), (len(table), binned.size)))
    return hstack(blocks, format="csr")


def learn_linear(schema, table, won, weight, strength, columns=None):
    """Logistic regression with an L2 penalty.

    :param float strength: inverse of the penalty (scikit-learn's C)
    :param columns: `design(schema, table)` where it is known
    """
    from sklearn.linear_model import LogisticRegression

    columns = design(schema, table) if columns is None else columns
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=300, tol=1e-4)
    model.fit(columns, won, sample_weight=weight)
    return Additive(float(model.intercept_[0]), _by_bin(schema, model.coef_[0]))


def _by_bin(schema, coefficients):
    tables, at = [], 0
    for binned in schema:
        if binned.feature.kind == NUMBER:
            own = coefficients[at : at + binned.size - 1]
            tables.append(np.concatenate((own[:1], [0.0], np.cumsum(own[1:]))))
        else:
            own = coefficients[at : at + binned.size]
            tables.append(own.copy())
        at += len(own)
    return tuple(tables)
