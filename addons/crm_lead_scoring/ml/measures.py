"""How good chances are: log-loss, Brier, AUC, calibration, and whether a difference may be luck."""

import numpy as np

LEAST, MOST = 1e-4, 1 - 1e-4


def logit(chance):
    chance = np.clip(chance, LEAST, MOST)
    return np.log(chance / (1 - chance))


def sigmoid(margin):
    return 1 / (1 + np.exp(-np.clip(margin, -30, 30)))


def losses(won, chance):
    """Log-loss of each row, in nats. :param won: bool[n] :param chance: float64[n]"""
    chance = np.clip(chance, LEAST, MOST)
    return -np.where(won, np.log(chance), np.log1p(-chance))


def log_loss(won, chance, weight=None):
    return float(np.average(losses(won, chance), weights=weight))


def brier(won, chance, weight=None):
    return float(np.average((chance - won) ** 2, weights=weight))


def auc(won, chance, weight=None):
    """Chance that a won lead is above a lost one, ties count half; NaN where there are none of one kind."""
    weight = np.ones(len(won)) if weight is None else weight
    chance = np.broadcast_to(chance, len(won))
    values, place = np.unique(chance, return_inverse=True)
    place = place.ravel()
    wons = np.bincount(place, weight * won, len(values))
    losts = np.bincount(place, weight * ~won, len(values))
    if not wons.sum() or not losts.sum():
        return float("nan")
    below = np.cumsum(losts) - losts / 2
    return float((wons * below).sum() / wons.sum() / losts.sum())


def bins(won, chance, weight=None, count=10):
    """Rows by rising chance in bins of the same size.

    :return: float64[count, 4]: weight, mean chance, share won, highest chance
    """
    weight = np.ones(len(won)) if weight is None else weight
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, count) if len(part)]
    return np.array(
        [
            (
                weight[part].sum(),
                np.average(chance[part], weights=weight[part]),
                np.average(won[part], weights=weight[part]),
                chance[part].max(),
            )
            for part in parts
        ]
    )


def calibration_error(won, chance, count=10):
    """Mean distance between what was said and what came, over bins of the same size."""
    found = bins(won, chance, count=count)
    return float(np.average(np.abs(found[:, 1] - found[:, 2]), weights=found[:, 0]))


def surely_better(won, chance, base, group, weight, seed, draws=400):
    """How much less log-loss than the base rate: mean, and the 95 % interval by drawing leads again and again.

    :param base: float64[n] or float, chances of who only knows the base rate
    :param group: int64[n]; rows of one lead are drawn together
    :return: (mean, low, high)
    """
    gains = (losses(won, base) - losses(won, chance)) * weight
    _leads, place = np.unique(group, return_inverse=True)
    by_lead, weights = np.bincount(place, gains), np.bincount(place, weight)
    random = np.random.default_rng(seed)
    means = []
    for _draw in range(draws):
        drawn = random.integers(len(by_lead), size=len(by_lead))
        means.append(by_lead[drawn].sum() / weights[drawn].sum())
    low, high = np.quantile(means, (0.025, 0.975))
    return float(by_lead.sum() / weights.sum()), float(low), float(high)
