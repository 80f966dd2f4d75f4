"""All ways down many small trees at once: which leaves the value of each feature rules out.

Leaves are bits, the leftmost the lowest one. For each feature a table says, between two neighbouring thresholds, which
leaves of each tree are still possible; what is possible by all features begins with the leaf that is reached
(QuickScorer, Lucchese et al. 2015).
"""

from dataclasses import dataclass

import numpy as np

MOST_LEAVES = 16
ALL = np.uint16(0xFFFF)
LOWEST_BIT = np.array([(mask & -mask).bit_length() - 1 if mask else 0 for mask in range(1 << MOST_LEAVES)], np.uint8)


@dataclass(frozen=True, slots=True)
class Descent:
    """
    :param tables: tuple of (feature, thresholds float64[k], possible leaves uint16[k + 2, trees]): below the first
        threshold, between each two, above the last one, and where the value is unknown
    :param leaves: float64[trees, MOST_LEAVES], what each leaf is worth
    """

    tables: tuple
    leaves: np.ndarray

    def values(self, columns):
        """What each row is worth in each tree: float64[n, trees]. :param columns: float64[n, features]"""
        possible = np.full((len(columns), len(self.leaves)), ALL)
        for feature, thresholds, masks in self.tables:
            known = columns[:, feature]
            place = np.searchsorted(thresholds, known)
            place[np.isnan(known)] = len(thresholds) + 1
            possible &= masks[place]
        first = np.arange(len(self.leaves)) * MOST_LEAVES
        return self.leaves.ravel().take(LOWEST_BIT[possible] + first)


def descent(trees):
    """
    :param Trees trees:
    :return: Descent
    :raise ValueError: a tree has more than MOST_LEAVES leaves, or is none
    """
    leaves, splits = np.zeros((len(trees.roots), MOST_LEAVES)), []
    for number, root in enumerate(trees.roots):
        _walk(trees, number, int(root), 0, leaves[number], splits)
    tables = []
    for feature in sorted({trees.feature[node] for node, _number, _mask in splits}):
        own = [split for split in splits if trees.feature[split[0]] == feature]
        tables.append((int(feature), *_table(trees, own)))
    return Descent(tuple(tables), leaves)


def _walk(trees, number, node, first, values, splits):
    """Number the leaves below a node from `first` on, and keep which of them each comparison rules out.

    :return: the number that comes next
    """
    if first >= MOST_LEAVES or len(splits) > len(trees.feature):
        raise ValueError("this is no small tree")
    if trees.feature[node] < 0:
        values[first] = trees.value[node]
        return first + 1
    splits.append((node, number, None))
    place = len(splits) - 1
    middle = _walk(trees, number, int(trees.left[node]), first, values, splits)
    last = _walk(trees, number, int(trees.right[node]), middle, values, splits)
    splits[place] = (node, number, ALL ^ np.uint16((1 << middle) - (1 << first)))
    return last


def _table(trees, splits):
    """Thresholds of a feature and what is possible between them. :param splits: list of (node, tree, mask)"""
    nodes = np.array([node for node, _number, _mask in splits])
    thresholds, place = np.unique(trees.threshold[nodes], return_inverse=True)
    masks = np.full((len(thresholds) + 2, len(trees.roots)), ALL)
    for (node, number, mask), below in zip(splits, place.ravel(), strict=True):
        masks[below + 1, number] &= mask
        if not trees.missing_left[node]:
            masks[-1, number] &= mask
    masks[:-1] = np.bitwise_and.accumulate(masks[:-1])
    return thresholds, masks
