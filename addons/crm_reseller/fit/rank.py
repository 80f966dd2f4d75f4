"""Who is asked for which lead: partners in order, with reasons, for many leads at once."""

from dataclasses import dataclass

import numpy as np

from . import parts
from .facts import BEST, FIRST, NOT_ASKED, TURN, WEIGHTS, Answer, Choice, Reason

CHUNK = 500  # leads that are compared with all partners at a time


def rank(leads, partners, way=BEST, top=3):
    """Say for each lead who is to be asked, best first.

    Leads are taken in their order: whoever is asked has one place less for those that come after. `best`
    asks one, `first` asks `top` at once, `turn` asks that one of the `top` who was asked longest ago.

    :param leads: list of `facts.Lead`
    :param partners: list of `facts.Partner`
    :return: list of `facts.Answer`, one for each lead, with only those who are asked
    """
    if not partners:
        return [Answer(lead.id) for lead in leads]
    desk = _Desk(partners, way, max(top, 1))
    return [answer for start in range(0, len(leads), CHUNK) for answer in desk.answers(leads[start : start + CHUNK])]


@dataclass(frozen=True, slots=True)
class _Compared:
    """Leads of a chunk against all partners: (n, m) arrays."""

    km: np.ndarray
    shares: dict
    barred: dict
    fixed: np.ndarray


class _Desk:
    """Keeps who has how much to do and who was asked last, while leads are gone through."""

    def __init__(self, partners, way, top):
        self.partners, self.way, self.top = partners, way, top
        self.ids = np.array([one.id for one in partners])
        self.families = np.array([one.family for one in partners])
        self.places = {one.id: place for place, one in enumerate(partners)}
        self.capacity = np.array([one.capacity for one in partners])
        self.load = np.array([one.load for one in partners])
        self.turn = np.array([one.last_offer for one in partners])
        grades = np.array([one.grade for one in partners], dtype=float)
        self.rates = parts.won_rates(*(np.array([getattr(one, name) for one in partners]) for name in ("won", "lost")))
        self.hours = np.array([one.answer for one in partners], dtype=float)
        self.same_for_all = {
            "won": self.rates,
            "answer": parts.answer_part(self.hours),
            "grade": grades / (grades.max() or 1.0),
        }
        self.never = {
            "no_mail": np.array([not one.has_mail for one in partners]),
            "paused": np.array([one.is_paused for one in partners]),
        }

    def answers(self, leads):
        compared = self._compare(leads)
        return [self._answer(lead, row, compared) for row, lead in enumerate(leads)]

    def _compare(self, leads):
        km = parts.kilometres(leads, self.partners)
        region, served = parts.region(leads, self.partners)
        branch, taken = parts.branch(leads, self.partners)
        shares = {
            "distance": parts.distance_part(km),
            "region": region,
            "branch": branch,
            "language": parts.language(leads, self.partners),
        }
        fixed = sum(WEIGHTS[name] * share for name, share in shares.items())
        fixed = fixed + sum(WEIGHTS[name] * share for name, share in self.same_for_all.items())
        return _Compared(km, shares, {"region": ~served, "branch": ~taken, "company": self._foreign(leads)}, fixed)

    def _foreign(self, leads):
        """Partners of another company of ours than the lead's."""
        ours = np.array([lead.company for lead in leads])[:, None]
        theirs = np.array([one.company for one in self.partners])[None, :]
        return (ours > 0) & (theirs > 0) & (ours != theirs)

    def _answer(self, lead, row, compared):
        had = np.zeros(len(self.partners), dtype=bool)
        had[[self.places[one] for one in lead.had if one in self.places]] = True
        barred = {name: table[row] for name, table in compared.barred.items()}
        protected = ~np.isin(self.families, list(lead.kept_for)) if lead.kept_for else np.zeros_like(had)
        barred.update(self.never, protected=protected, had_it=had, no_room=parts.is_full(self.capacity, self.load))
        is_open = ~np.logical_or.reduce(list(barred.values()))
        room = parts.room_part(self.capacity, self.load)
        scores = compared.fixed[row] + WEIGHTS["room"] * room
        asked = self._asked(np.flatnonzero(is_open), scores)
        choices = tuple(self._choice(place, scores[place], row, compared, room) for place in asked)
        self.load[asked] += 1
        self.turn[asked] = self.turn.max() + 1
        return Answer(lead.id, choices, self._left_out(barred))

    def _asked(self, places, scores):
        """The places of those who are asked; who is as good as another and has less to do comes first."""
        order = places[np.lexsort((self.ids[places], self.load[places], -np.round(scores[places], 6)))]
        if self.way == FIRST:
            return order[: self.top]
        if self.way == TURN:
            among = order[: self.top]
            return among[np.argsort(self.turn[among], kind="stable")][:1]
        return order[:1]

    def _left_out(self, barred):
        """How many are not asked, each by his most lasting reason."""
        counted = np.zeros(len(self.partners), dtype=bool)
        numbers = {}
        for name in NOT_ASKED:
            here = barred[name] & ~counted
            if number := int(here.sum()):
                numbers[name] = number
            counted |= here
        return numbers

    def _choice(self, place, score, row, compared, room):
        shares = {name: float(table[row, place]) for name, table in compared.shares.items()}
        shares.update({name: float(share[place]) for name, share in self.same_for_all.items()})
        shares["room"] = float(room[place])
        reasons = (self._reason(name, shares[name], place, compared.km[row, place]) for name in WEIGHTS)
        return Choice(int(self.ids[place]), round(float(score), 2), tuple(reasons))

    def _reason(self, name, share, place, km):
        kind, value = "share", share
        if name == "distance":
            kind, value = ("unknown", 0.0) if np.isnan(km) else ("km", float(km))
        elif name == "room":
            capacity = int(self.capacity[place])
            kind = "places" if capacity else "open"
            value = float(capacity - self.load[place]) if capacity else float(self.load[place])
        elif name == "answer":
            hours = float(self.hours[place])
            kind, value = ("unknown", 0.0) if np.isnan(hours) else ("hours", hours)
        elif name == "won":
            one = self.partners[place]
            kind = "share" if one.won + one.lost else "unknown"
        return Reason(name, kind, value, round(share * WEIGHTS[name], 2))
