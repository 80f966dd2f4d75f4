"""Made-up histories of leads for the tests of learning."""

import numpy as np
from crm_lead_scoring.ml.table import CATEGORY, MISSING, NUMBER, TAGS, Feature, History, Table, Tags

DAY = 86_400
FEATURES = (
    Feature("country_id", CATEGORY, as_it_stands=True),
    Feature("count.message_in", NUMBER),
    Feature("flag.phone", NUMBER, as_it_stands=True, is_flag=True),
    Feature("tag_ids", TAGS),
    Feature("constant", NUMBER),
)


def history(count=2000, *, signal=1.5, rate=0.0, rows=1, seed=1):
    """Leads whose chance depends on country, messages and a tag, or on nothing where `signal` is 0.

    :param float rate: log-odds of an average lead
    :param int rows: how many moments of each lead
    """
    random = np.random.default_rng(seed)
    country = random.integers(1, 6, count)
    messages = random.poisson(2, count).astype(float)
    phone = (random.random(count) < 0.6).astype(float)
    tags = [random.choice(9, random.integers(0, 3), replace=False) + 1 for _lead in range(count)]
    tagged = np.array([1 in own for own in tags])
    odds = rate + signal * (np.array([0, -1, 1, 0.5, 0, -0.5])[country] + 0.4 * (messages - 2) + 1.0 * tagged)
    won = random.random(count) < 1 / (1 + np.exp(-odds))
    country = np.where(random.random(count) < 0.1, MISSING, country)
    messages[random.random(count) < 0.1] = np.nan
    columns = {
        "country_id": country,
        "count.message_in": messages,
        "flag.phone": phone,
        "tag_ids": Tags(
            np.array([tag for own in tags for tag in own], np.int64),
            np.cumsum([len(own) for own in tags], dtype=np.int64),
        ),
        "constant": np.full(count, 3.0),
    }
    table = Table(FEATURES, columns, np.arange(count) + 100)
    arrived = np.arange(count) * DAY / 4
    found = History(table, won, arrived, np.full(count, 20.0), np.full(count, MISSING))
    return found.take(np.repeat(np.arange(count), rows))


def empty(count=1):
    """Leads of which nothing at all is known."""
    columns = {
        "country_id": np.full(count, MISSING),
        "count.message_in": np.full(count, np.nan),
        "flag.phone": np.full(count, np.nan),
        "tag_ids": Tags(np.empty(0, np.int64), np.zeros(count, np.int64)),
        "constant": np.full(count, np.nan),
    }
    return Table(FEATURES, columns, np.arange(count))
