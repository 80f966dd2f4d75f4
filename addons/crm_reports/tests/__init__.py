from . import test_congestion, test_dashboards, test_figures, test_our_reports, test_reports
