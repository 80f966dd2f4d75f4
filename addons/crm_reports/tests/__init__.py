from . import (
    test_congestion,
    test_dashboards,
    test_figures,
    test_leaks,
    test_month_end,
    test_our_reports,
    test_reports,
    test_shifts,
    test_ui,
)
