"""Gradient-boosted trees: learned by scikit-learn, served by numpy."""

from dataclasses import dataclass, field

import numpy as np

from .descent import Descent, descent
from .linear import learn_bayes
from .table import NUMBER, TAGS

ROUNDS, LEAVES, RATE = 240, 12, 0.05
FOLDS = 5
BLOCK = 1024  # rows that go down all trees together: they fit the processor's cache


@dataclass(frozen=True, slots=True)
class Trees:
    """
    :param float start: log-odds before the first tree
    :param Additive bayes: what a category or tag counts as, in log-odds
    :param roots: int32[trees], the first node of each
    :param feature, threshold, left, right, missing_left, value: arrays over all nodes; `feature`
        is -1 at a leaf; `value` is what a lead in that node is worth on average, in log-odds
    """

    start: float
    bayes: object
    roots: np.ndarray
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    missing_left: np.ndarray
    value: np.ndarray
    descent: Descent = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "descent", descent(self))

    def margin(self, schema, table):
        """Log-odds of winning: float64[n]."""
        return self.margins(schema, table, (len(self.roots),))[0]

    def margins(self, schema, table, rounds):
        """Log-odds by the first trees only: one float64[n] for each number of them."""
        columns = inputs(schema, table, self.bayes)
        found = np.full((len(rounds), len(table)), self.start)
        for low in range(0, len(table), BLOCK):
            grown = np.cumsum(self.descent.values(columns[low : low + BLOCK]), axis=1)
            for place, number in enumerate(rounds):
                found[place, low : low + BLOCK] += grown[:, number - 1]
        return list(found)

    def parts(self, schema, table):
        """Log-odds that each feature adds along the way down the trees: float64[n, features]."""
        columns = inputs(schema, table, self.bayes)
        found = np.zeros((len(table), len(schema)))
        for low in range(0, len(table), BLOCK):
            block = found[low : low + BLOCK]
            for rows, before, after in self._steps(columns[low : low + BLOCK]):
                np.add.at(block, (rows, self.feature[before]), self.value[after] - self.value[before])
        return found

    def _steps(self, columns):
        """All rows go down all trees, one level at a time: (rows, node before, node after) of each level."""
        width, values = columns.shape[1], columns.ravel()
        nodes = np.tile(self.roots.astype(np.intp), len(columns))
        going = np.flatnonzero(self.feature[nodes] >= 0)
        while len(going):
            before = nodes.take(going)
            rows = going // len(self.roots)
            known = values.take(rows * width + self.feature.take(before))
            to_left = known <= self.threshold.take(before)
            unknown = np.isnan(known)
            if unknown.any():
                to_left[unknown] = self.missing_left.take(before[unknown])
            after = np.where(to_left, self.left.take(before), self.right.take(before)).astype(np.intp)
            nodes[going] = after
            yield rows, before, after
            going = going[self.feature.take(after) >= 0]


def inputs(schema, table, bayes):
    """Numbers as they are, categories and tags as what they count for naive Bayes: float64[n, features]."""
    columns = np.empty((len(table), len(schema)))
    for place, (binned, weights) in enumerate(zip(schema, bayes.weights, strict=True)):
        column = table.columns[binned.feature.name]
        if binned.feature.kind == NUMBER:
            columns[:, place] = np.where(np.isfinite(column), column, np.nan)
        elif binned.feature.kind == TAGS:
            rows, bins = binned.pairs(column)
            columns[:, place] = np.bincount(rows, weights[bins], len(table))
        else:
            columns[:, place] = weights[binned.bins(column)]
    return columns


def learn_trees(schema, table, won, weight, seed, rounds=ROUNDS):
    """
    :param int rounds: how many trees
    :return: Trees
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    columns = _honest_inputs(schema, table, won, weight, seed)
    model = HistGradientBoostingClassifier(
        learning_rate=RATE,
        max_iter=rounds,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.5,
        early_stopping=False,
        random_state=seed,
    )
    model.fit(columns, won, sample_weight=weight)
    return _packed(model, learn_bayes(schema, table, won, weight))


def _honest_inputs(schema, table, won, weight, seed):
    """What a value counts for is learned from other leads than the row's own: else rare values tell the outcome."""
    leads, place = np.unique(table.lead, return_inverse=True)
    fold = np.random.default_rng(seed).integers(FOLDS, size=len(leads))[place]
    columns = np.empty((len(table), len(schema)))
    for number in range(FOLDS):
        own = np.flatnonzero(fold == number)
        rest = np.flatnonzero(fold != number)
        if len(own):
            bayes = learn_bayes(schema, table.take(rest), won[rest], weight[rest])
            columns[own] = inputs(schema, table.take(own), bayes)
    return columns


def _packed(model, bayes):
    nodes = [predictors[0].nodes for predictors in model._predictors]
    sizes = np.cumsum([0] + [len(tree) for tree in nodes])
    flat = np.concatenate(nodes)
    offset = np.repeat(sizes[:-1], np.diff(sizes))
    leaf = flat["is_leaf"].astype(bool)
    return Trees(
        start=float(model._baseline_prediction.ravel()[0]),
        bayes=bayes,
        roots=sizes[:-1].astype(np.int32),
        feature=np.where(leaf, -1, flat["feature_idx"]).astype(np.int32),
        threshold=flat["num_threshold"].astype(float),
        left=(flat["left"] + offset).astype(np.int32),
        right=(flat["right"] + offset).astype(np.int32),
        missing_left=flat["missing_go_to_left"].astype(bool),
        value=_inner_values(flat, offset, leaf),
    )


def _inner_values(flat, offset, leaf):
    """A leaf's value, and for a node above the mean of what lies below, weighted by leads."""
    value, count = flat["value"].astype(float).copy(), flat["count"].astype(float)
    # children stand behind their parents: from the end on, all below is known
    for node in range(len(flat) - 1, -1, -1):
        if not leaf[node]:
            left, right = flat["left"][node] + offset[node], flat["right"][node] + offset[node]
            total = count[left] + count[right]
            value[node] = (value[left] * count[left] + value[right] * count[right]) / max(total, 1)
    return value
