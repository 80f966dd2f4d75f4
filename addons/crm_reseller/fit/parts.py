"""The parts of the fit, each from 0 to 1, for many leads and partners at once."""

import numpy as np

from .place import distances

NEAR_KM = 150.0  # so far away half of the points for distance are left
QUICK_HOURS = 24.0  # who takes so long has half of the points for answering
DOUBT = 8  # so many closed leads weigh as much as what is usual
UNKNOWN = 0.5  # what is not known speaks neither for nor against


def distance_part(km):
    """:param km: any shape, nan where not known"""
    return np.where(np.isnan(km), UNKNOWN, 1.0 / (1.0 + np.nan_to_num(km) / NEAR_KM))


def answer_part(hours):
    return np.where(np.isnan(hours), UNKNOWN, 1.0 / (1.0 + np.nan_to_num(hours) / QUICK_HOURS))


def won_rates(won, lost):
    """Rates of won leads, drawn towards the rate of all partners together the fewer leads there were.

    :param won, lost: (m,) numbers
    :return: (m,) from 0 to 1
    """
    closed = (won + lost).sum()
    usual = won.sum() / closed if closed else UNKNOWN
    return (won + DOUBT * usual) / (won + lost + DOUBT)


def room_part(capacity, load):
    """1 with nothing to do, 0 when full; who takes any number has less the more he has.

    :param capacity, load: (m,); capacity 0: any number
    """
    return np.where(
        capacity > 0, np.clip(1.0 - load / np.maximum(capacity, 1), 0.0, 1.0), 1.0 / (1.0 + np.maximum(load, 0) / 10.0)
    )


def is_full(capacity, load):
    return (capacity > 0) & (load >= capacity)


def _wanted(leads, partners, of_lead, of_partner):
    """Whether partners name what leads have; of sets that few differ in, each is worked out once.

    :return: two (n, m) arrays: named, and (the partner names none or the lead has none) open
    """
    return _table(leads, partners, of_lead, of_partner, lambda has, named: bool(has & named)), _table(
        leads, partners, of_lead, of_partner, lambda has, named: not has or not named
    )


def _table(leads, partners, of_lead, of_partner, holds):
    """(n, m) array of what holds between two things, each different pair of them asked once."""
    left, rows = _distinct([of_lead(lead) for lead in leads])
    right, columns = _distinct([of_partner(partner) for partner in partners])
    small = np.array([[holds(one, other) for other in right] for one in left], dtype=bool)
    return small.reshape(len(left), len(right))[np.ix_(rows, columns)]


def _distinct(values):
    places = {}
    return places, [places.setdefault(value, len(places)) for value in values]


def _one(number):
    return frozenset((number,)) if number else frozenset()


def kilometres(leads, partners):
    columns = ([getattr(one, name) for one in some] for some in (leads, partners) for name in ("latitude", "longitude"))
    return distances(*(np.array(column, dtype=float) for column in columns))


def region(leads, partners):
    """:return: (part, served): (n, m) points, and whether the partner serves where the lead is"""

    def served(place, area):
        country, state = place
        countries, states, partly = area
        if not country or not (countries or states):
            return True
        return country in countries or state in states or (not state and country in partly)

    serves = _table(
        leads,
        partners,
        lambda lead: (lead.country, lead.state),
        lambda partner: (partner.countries, partner.states, partner.partly),
        served,
    )
    same_state = _table(leads, partners, lambda one: one.state, lambda one: one.state, lambda a, b: bool(a) and a == b)
    same_country = _table(
        leads,
        partners,
        lambda one: one.country,
        lambda one: (one.countries | one.partly) or _one(one.country),
        lambda country, countries: country in countries,
    )
    unknown = np.array([not lead.country for lead in leads], dtype=bool)[:, None]
    part = np.where(unknown, UNKNOWN, np.where(same_state, 1.0, np.where(same_country, 0.8, 0.0)))
    return part, serves


def branch(leads, partners):
    """Industry and tags: (part, taken); what a partner does not name he takes, but does not stand out for."""
    industry, any_industry = _wanted(leads, partners, lambda one: _one(one.industry), lambda one: one.industries)
    tag, any_tag = _wanted(leads, partners, lambda one: one.tags, lambda one: one.tags)
    part = np.where(industry & tag, 1.0, np.where(industry | tag, 0.9, UNKNOWN))
    return part, (industry | any_industry) & (tag | any_tag)


def language(leads, partners):
    """Who names languages and not that of the lead can be asked, but has no points for it."""
    named, is_open = _wanted(leads, partners, lambda one: _one(one.language), lambda one: one.languages)
    return np.where(named, 1.0, np.where(is_open, UNKNOWN, 0.0))
