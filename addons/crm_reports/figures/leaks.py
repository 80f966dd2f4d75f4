"""Where revenue leaks: which parts of the closed deals lose more than they usually do.

A part is a stage, a reason, a source, a team or a salesperson. Of each is known how many deals were
closed and how many of them lost, and their money, now and in the time that says what is usual.
"""

from dataclasses import dataclass

LEAST_CLOSED, LEAST_USUAL = 10, 30
ALPHA = 0.05
MOST = 0.8


@dataclass(frozen=True, slots=True)
class Count:
    """`lost` of `closed` deals, and the money of each; `closed` is what could have been lost."""

    lost: int = 0
    closed: int = 0
    lost_money: float = 0.0
    closed_money: float = 0.0

    @property
    def share(self):
        """Of the closed deals, how many were lost; None without any."""
        return self.lost / self.closed if self.closed else None


@dataclass(frozen=True, slots=True)
class Leak:
    """A part beside what is usual for it.

    :param points: percentage points that it loses more than usual; None where too little is known
    :param money: lost beyond what would have been lost at the usual share, negative where less
    :param p: chance of losing so many more by chance alone, as if only this part had been looked at
    """

    key: object
    now: Count
    before: Count
    points: float | None
    money: float
    p: float


NOTHING = Count()


def leaks(now, before, absent=(NOTHING, NOTHING)):
    """
    :param now: and `before`: key -> `Count`
    :param absent: what a key counts that is not in `now`, and one that is not in `before`
    :return: list of `Leak`, those that lost the most money beyond the usual first
    """
    found = []
    for key in now.keys() | before.keys():
        is_now, was = now.get(key, absent[0]), before.get(key, absent[1])
        is_known = is_now.closed >= LEAST_CLOSED and was.closed >= LEAST_USUAL
        points = 100 * (is_now.share - was.share) if is_known else None
        usual = was.lost_money / was.closed_money if is_known and was.closed_money > 0 else None
        money = is_now.lost_money - usual * is_now.closed_money if usual is not None else 0.0
        found.append(Leak(key, is_now, was, points, money, _chance(is_now, was) if is_known else 1.0))
    return sorted(found, key=lambda leak: (-leak.money, str(leak.key)))


def _chance(now, before):
    """One-sided Fisher's exact test, scipy's; 1 where scipy is missing, so that nothing is claimed."""
    if now.share <= before.share:
        return 1.0
    try:
        from scipy.stats import fisher_exact
    except ImportError:
        return 1.0
    table = [[now.lost, now.closed - now.lost], [before.lost, before.closed - before.lost]]
    return float(fisher_exact(table, alternative="greater")[1])


def beyond_chance(chances, alpha=ALPHA):
    """Which of many looks are more than chance, Benjamini and Hochberg (1995): at most `alpha` of those named are not.

    :param chances: list of p
    :return: list of bool, in the same order
    """
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    last = max((rank for rank, place in enumerate(order, 1) if chances[place] <= alpha * rank / len(order)), default=0)
    named = set(order[:last])
    return [place in named for place in range(len(chances))]


def few(found, share=MOST):
    """The few leaks, largest first, that make up `share` of all the money that leaks beyond the usual."""
    leaking = [leak for leak in found if leak.money > 0]
    whole, picked, sum_so_far = sum(leak.money for leak in leaking), [], 0.0
    for leak in leaking:
        if sum_so_far >= share * whole:
            break
        picked.append(leak)
        sum_so_far += leak.money
    return picked
