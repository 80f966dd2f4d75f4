from . import test_figures, test_our_reports, test_reports
