from . import (
    test_average,
    test_rewards,
    test_security,
    test_shipped_definitions,
    test_stock_defects,
    test_switch,
    test_update,
)
