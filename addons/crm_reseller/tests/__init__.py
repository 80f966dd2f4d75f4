from . import (
    test_fit,
    test_offer_answers,
    test_offer_job,
    test_offer_links,
    test_offer_race,
    test_offers,
    test_security,
    test_stock_defects,
    test_trial,
)
