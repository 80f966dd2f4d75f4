"""All entries of a lead."""

from .deals import deals
from .work import work


def entries(lead, guards):
    """Its entries, in an order that depends on nothing but the lead. Counting twice gives the same.

    :param Lead lead:
    :param Guards guards:
    :return: list of Entry
    """
    return sorted([*deals(lead, guards), *work(lead, guards)], key=lambda entry: (entry.moment, entry.key))
