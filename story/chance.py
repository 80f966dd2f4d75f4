"""What wins deals in this story: the truth that a later score has to find again."""

import math

BASE = -1.1
CHANNEL = {
    "ads": -0.25,
    "newsletter": 0.35,
    "linkedin": -0.1,
    "website": 0.1,
    "referral": 0.8,
    "fair": 0.3,
    "cold": -0.8,
}
INDUSTRY = {
    "Manufacturing": 0.5,
    "Transportation/Logistics": 0.4,
    "IT/Communication": 0.1,
    "Wholesale/Retail": -0.1,
    "Food/Hospitality": -0.4,
    "Construction": 0.0,
    "Health/Social": -0.1,
    "Education": -0.5,
}
SIZE = (-0.6, 0.0, 0.9, 0.2, -0.3)
COUNTRY = {"HU": 0.8, "DE": 0.3, "ES": 0.2, "US": -0.4, "BR": -0.1, "VN": 0.0, "MN": 0.1}
QUICK, SLOW = 1.2, -0.4
BROCHURE = 1.0
FREE_MAILBOX = -1.2


def of_winning(company, channel, quick, brochure):
    """The chance (0 to 1) that an enquiry is won, all its circumstances known."""
    score = (
        BASE
        + CHANNEL[channel.key]
        + COUNTRY[company.country.code]
        + (QUICK if quick else SLOW)
        + (BROCHURE if brochure else 0.0)
        + (FREE_MAILBOX if company.has_free_mailbox else INDUSTRY[company.industry] + SIZE[company.size])
    )
    return 1 / (1 + math.exp(-score))
