"""Why a lead has its score, and what would raise it."""

from dataclasses import dataclass

import numpy as np

from .measures import logit, sigmoid
from .table import Table


@dataclass(frozen=True, slots=True)
class Reason:
    """
    :param str name: of the feature; empty for all that is too small to name
    :param float points: by how much it raises (or lowers) the score, of 100
    """

    name: str
    points: float


def reasons(scorer, table, least=0.5):
    """Why one lead's score is not the base rate. The points add up: base rate + all of them = score.

    :param Table table: of one row
    :param float least: points from which a reason has a name
    :return: list of Reason, the largest first, what is too small together at the end
    """
    margin = float(scorer.margin(table)[0])
    away = margin - float(logit(scorer.base))
    gained = 100 * (float(sigmoid(margin)) - scorer.base)
    each = gained / away if abs(away) > 1e-9 else 100 * scorer.base * (1 - scorer.base)
    points = (scorer.parts(table)[0] - scorer.typical) * each
    named = [Reason(name, float(own)) for name, own in zip(scorer.names, points, strict=True) if abs(own) >= least]
    named.sort(key=lambda reason: -abs(reason.points))
    rest = gained - sum(reason.points for reason in named)
    return named + ([Reason("", rest)] if abs(rest) >= 0.05 else [])


def what_if(scorer, table, changes):
    """By how many points of 100 the score of one lead would rise.

    :param Table table: of one row
    :param changes: list of dict feature name -> value it would have (of a NUMBER or CATEGORY)
    :return: list of float, one for each; features that the scorer doesn't know change nothing
    """
    now = float(scorer.chance(table)[0])
    return [100 * (float(scorer.chance(_changed(table, change))[0]) - now) for change in changes]


def _changed(table, change):
    columns = dict(table.columns)
    for name, value in change.items():
        if name in columns:
            columns[name] = np.array([value], columns[name].dtype)
    return Table(table.features, columns, table.lead)
