"""How evenly something is spread over people."""


def gap(values):
    """The largest difference between two of them; 0 where there are none."""
    values = list(values)
    return max(values) - min(values) if values else 0


def gini(values):
    """Gini coefficient of values that are at least 0: 0 where all have the same, towards 1 where one has all."""
    values = sorted(values)
    total = sum(values)
    if not total:
        return 0.0
    number = len(values)
    weighted = sum((2 * place - number - 1) * value for place, value in enumerate(values, 1))
    return weighted / (number * total)
