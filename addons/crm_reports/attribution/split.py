"""Money in whole units, shared out so that the parts add up."""

from decimal import Decimal

from .methods import HALF_LIFE, METHODS, shares
from .touch import journey


def to_units(amount, digits):
    """Money as a whole number.

    An amount that is finer than its currency (from a time with another one, say) is kept exactly,
    in finer units. A float is rounded to the currency: what it has beyond is no money.

    :param amount: Decimal, int, float or None
    :param int digits: decimals of the currency, 0 or more
    :return: units, and the decimals that they have
    """
    if isinstance(amount, float):
        amount = round(Decimal(repr(amount)), digits)
    amount = Decimal(amount or 0)
    sign, figures, exponent = amount.as_tuple()
    whole = int("".join(map(str, figures)))
    while exponent < 0 and whole % 10 == 0 and -exponent > digits:
        whole, exponent = whole // 10, exponent + 1
    digits = max(digits, -exponent)
    units = whole * 10 ** (exponent + digits)
    return (-units if sign else units), digits


def from_units(units, digits):
    """The Decimal that `units` of so many decimals are, exactly however large."""
    return Decimal((int(units < 0), tuple(map(int, str(abs(units)))), -digits))


def split(units, weights):
    """Share out whole units in proportion to weights, by largest remainders.

    What is left over after rounding down goes one by one to those that lost most by it, among
    equals to the earliest. A negative amount is shared out as its opposite is.

    :param int units:
    :param weights: whole numbers, none below zero, their sum above it
    :return: list of int, as long as `weights`, whose sum is `units` exactly
    :raise ValueError: of weights that can't share anything out
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights have to be zero or more, and one of them more")
    parts, lost = zip(*(divmod(abs(units) * weight, total) for weight in weights), strict=True)
    left = abs(units) - sum(parts)
    lucky = set(sorted(range(len(weights)), key=lambda place: -lost[place])[:left])
    sign = -1 if units < 0 else 1
    return [sign * (part + (place in lucky)) for place, part in enumerate(parts)]


def share_out(deal, half_life=HALF_LIFE):
    """A deal by all methods.

    :param Deal deal:
    :param float half_life: days, for time decay
    :return: the touches that count, the earliest first, and a dict method -> list of units, one for each
    """
    touches = journey(deal)
    return touches, {
        method: split(deal.amount, shares(touches, method, deal.created, deal.converted, half_life))
        for method in METHODS
    }
