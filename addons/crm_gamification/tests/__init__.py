from . import (
    test_average,
    test_board,
    test_board_live,
    test_board_rights,
    test_js,
    test_rewards,
    test_security,
    test_shipped_definitions,
    test_stock_defects,
    test_switch,
    test_ui,
    test_update,
)
