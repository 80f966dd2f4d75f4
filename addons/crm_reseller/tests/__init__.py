from . import (
    test_fit,
    test_offer_answers,
    test_offer_job,
    test_offer_links,
    test_offer_race,
    test_offers,
    test_registration_pages,
    test_registrations,
    test_security,
    test_stock_defects,
    test_trial,
    test_ui,
)
