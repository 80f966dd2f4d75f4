"""What had happened to leads up to each of their moments."""

from dataclasses import dataclass

import numpy as np

from .gather_columns import DAY, HOUR, whole

KINDS = 1024  # there are fewer kinds of events


@dataclass(frozen=True, slots=True)
class Told:
    """Events of the leads of a chunk, in any order.

    :param lead: int64[e], position of the lead
    :param kind: int64[e], position in the names of kinds
    :param moment: float64[e], seconds since 1970
    :param event: int64[e], id
    :param step: int64[e], number of the step that it plans or ends, 0 where none
    :param replaced: int64[e], number of the step that a meeting takes the place of, 0 where none
    """

    lead: np.ndarray
    kind: np.ndarray
    moment: np.ndarray
    event: np.ndarray
    step: np.ndarray
    replaced: np.ndarray

    @classmethod
    def unpacked(cls, leads, lead_and_kind, moment, event, step, replaced):
        """
        :param leads: int64[m], ids, ascending
        :param lead_and_kind: a lead's id times KINDS, and the kind; this and the rest as the database packs it
        """
        lead, kind = np.divmod(whole(lead_and_kind), KINDS)
        moment = np.frombuffer(moment or b"", ">f8").astype(np.float64)
        return cls(np.searchsorted(leads, lead), kind, moment, whole(event), whole(step), whole(replaced))

    def is_any(self, kinds):
        """bool[e]: whether an event is of one of these kinds. :param kinds: positions in the names"""
        asked = np.zeros(KINDS, bool)
        asked[list(kinds)] = True
        return asked[self.kind]

    def __len__(self):
        return len(self.lead)


@dataclass(frozen=True, slots=True)
class Roles:
    """What kinds of events are for the features; each is a tuple of positions in the names.

    :param contact: reaches us or the customer
    :param reached_us: the customer wrote or called
    :param answer: reaches the customer
    :param planned, ended: plans or ends a step
    :param moved: takes the lead to another stage
    """

    contact: tuple
    reached_us: tuple
    answer: tuple
    planned: tuple
    ended: tuple
    moved: tuple


def joint_keys(group, moment, other_group, other_moment):
    """Numbers in the order (group, moment), comparable between two sets of events.

    :param group, other_group: int64; moment, other_moment: float64, infinite ones too
    """
    _values, groups = np.unique(np.concatenate((group, other_group)), return_inverse=True)
    values, ranks = np.unique(np.concatenate((moment, other_moment)), return_inverse=True)
    keys = groups * len(values) + ranks
    return keys[: len(group)], keys[len(group) :]


def first_from(group, moment, asked_group, asked_moment):
    """The first event of a group at or after a moment.

    :param group, moment: of the events; those of one moment in the order in which they happened
    :return: int64, an event's position for each asked one, -1 where there is none
    """
    if not len(group):
        return np.full(len(asked_group), -1)
    keys, asked = joint_keys(group, moment, asked_group, asked_moment)
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys[order], asked)
    found = order[np.minimum(place, len(order) - 1)]
    return np.where((place < len(order)) & (group[found] == asked_group), found, -1)


def _rows_of(moments, lead, moment):
    """The first row of a lead in which an event of that moment counts; -1 where there is none."""
    if not len(moments):
        return np.full(len(lead), -1)
    if np.isinf(moments.bound).all():
        return lead
    keys, asked = joint_keys(moments.lead, moments.bound, lead, moment)
    place = np.searchsorted(keys, asked, side="right")
    found = np.minimum(place, len(keys) - 1)
    return np.where((place < len(keys)) & (moments.lead[found] == lead), found, -1)


def _so_far(moments, lead, moment, kind, kinds):
    """float64[n, kinds]: how many events of each kind there had been."""
    rows = _rows_of(moments, lead, moment)
    counted = rows >= 0
    cells = np.bincount(rows[counted] * kinds + kind[counted], minlength=len(moments) * kinds)
    return moments.carry(cells.astype(np.float64).reshape(len(moments), kinds), np.add)


def _extreme(moments, told, chosen, combine):
    """float64[n]: moment of the first or last chosen event so far, infinite where there was none."""
    values = np.full(len(moments), np.inf if combine is np.minimum else -np.inf)
    lead, moment = told.lead[chosen], told.moment[chosen]
    rows = _rows_of(moments, lead, moment)
    combine.at(values, rows[rows >= 0], moment[rows >= 0])
    return moments.carry(values, combine)


def counts(moments, told, names):
    """float64[n, len(names)]: events of each kind so far, NaN where nothing is known of then."""
    found = _so_far(moments, told.lead, told.moment, told.kind, len(names))
    found[np.isnan(moments.clock)] = np.nan
    return found


def times(moments, arrived, told, roles):
    """What is told by when things happened.

    :param arrived: float64[m], of the leads of the chunk
    :return: dict feature name -> float64[n]
    """
    came = arrived[moments.lead]
    is_answer = told.is_any(roles.answer) & (told.moment >= np.floor(arrived)[told.lead])
    answered = _extreme(moments, told, is_answer, np.minimum)
    contact = _extreme(moments, told, told.is_any(roles.contact), np.maximum)
    moved = np.maximum(_extreme(moments, told, told.is_any(roles.moved), np.maximum), came)
    their_answer = _their_answer(moments, told, roles, is_answer, len(arrived))
    found = {
        "days.age": (moments.clock - came) / DAY,
        "days.in_stage": (moments.clock - moved) / DAY,
        "hours.since_contact": (moments.clock - contact) / HOUR,
        "hours.first_answer": (answered - came) / HOUR,
        "hours.their_answer": their_answer / HOUR,
    }
    for name, values in found.items():
        known = np.isfinite(values) & np.isfinite(moments.clock)
        found[name] = np.where(known, np.maximum(values, 0), np.nan)
    return found


def _their_answer(moments, told, roles, is_answer, leads):
    """float64[n]: seconds from our first answer until the customer came back to us, infinite until then."""
    ours = np.full(leads, np.inf)
    np.minimum.at(ours, told.lead[is_answer], told.moment[is_answer])
    came_back = told.is_any(roles.reached_us) & (told.moment > ours[told.lead])
    return _extreme(moments, told, came_back, np.minimum) - np.where(np.isinf(ours), 0, ours)[moments.lead]


def open_steps(moments, told, roles):
    """float64[n]: how many planned steps were open, NaN where nothing is known of then."""
    planned = np.flatnonzero(told.is_any(roles.planned) & (told.step != 0))
    ended = np.flatnonzero(told.is_any(roles.ended) & (told.step != 0))
    replaced = np.flatnonzero(told.replaced != 0)
    end_of = np.concatenate((told.step[ended], told.replaced[replaced]))
    end_at = np.concatenate((told.moment[ended], told.moment[replaced]))
    found = first_from(end_of, end_at, told.step[planned], told.moment[planned])
    over = planned[found >= 0]
    lead = np.concatenate((told.lead[planned], told.lead[over]))
    moment = np.concatenate((told.moment[planned], end_at[found[found >= 0]]))
    is_end = np.repeat([0, 1], [len(planned), len(over)])
    begun, done = _so_far(moments, lead, moment, is_end, 2).T
    return np.where(np.isnan(moments.clock), np.nan, begun - done)
