from . import test_congestion, test_figures, test_our_reports, test_reports
