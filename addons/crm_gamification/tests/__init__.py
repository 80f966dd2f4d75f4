from . import (
    test_average,
    test_figures,
    test_leader_rights,
    test_ledger,
    test_ledger_security,
    test_rewards,
    test_security,
    test_shipped_definitions,
    test_stock_defects,
    test_switch,
    test_update,
    test_working_time,
)
