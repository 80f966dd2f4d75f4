"""What has shifted beyond chance: the last four weeks beside the half year before them.

Looked at each week, the same four weeks are looked at four times, so that a shift has to be four times
as unlikely; among all that is looked at in one week, Benjamini and Hochberg's rule holds.
"""

from dataclasses import dataclass
from statistics import mean, median

from .leaks import ALPHA, beyond_chance

WEEKS_NOW, WEEKS_BEFORE = 4, 26
LEAST_WEEKLY, LEAST_CLOSED, LEAST_STAYS = 2, 15, 15
LOOKS = WEEKS_NOW


@dataclass(frozen=True, slots=True)
class Shift:
    """:param kind: `intake` (leads a week), `conversion` (won of 100 closed) or `stage` (median days in it)
    :param part: what it is of, as the asker named it
    :param p: chance of so much difference by chance alone, two-sided
    """

    kind: str
    part: object
    before: float
    now: float
    p: float


def intake(part, weeks):
    """Leads of each week, oldest first, the last `WEEKS_NOW` of them now; None where too few came to tell.

    Compared by rank (Mann and Whitney), which bursts of leads do not fool as they do a Poisson test.
    """
    before, now = weeks[:-WEEKS_NOW], weeks[-WEEKS_NOW:]
    if len(before) < WEEKS_BEFORE or max(mean(before), mean(now)) < LEAST_WEEKLY:
        return None
    return Shift("intake", part, mean(before), mean(now), _ranks(before, now))


def conversion(part, before, now):
    """`before` and `now`: (won, lost); None where too few were closed. Fisher's exact test."""
    if min(sum(before), sum(now)) < LEAST_CLOSED:
        return None
    from scipy.stats import fisher_exact

    p = float(fisher_exact([list(before), list(now)])[1])
    return Shift("conversion", part, 100 * before[0] / sum(before), 100 * now[0] / sum(now), p)


def stage(part, before, now):
    """Days of the stays that ended; None where too few ended. Compared by rank."""
    if min(len(before), len(now)) < LEAST_STAYS:
        return None
    return Shift("stage", part, median(before), median(now), _ranks(before, now))


def _ranks(before, now):
    if len(set(before) | set(now)) == 1:
        return 1.0
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(before, now, alternative="two-sided")[1])


def beyond(looks):
    """Those of all that was looked at in one week that are more than chance.

    :param looks: `Shift`s, None among them is passed over
    """
    looks = [look for look in looks if look is not None]
    named = beyond_chance([look.p for look in looks], ALPHA / LOOKS)
    return [look for look, is_named in zip(looks, named, strict=True) if is_named]
