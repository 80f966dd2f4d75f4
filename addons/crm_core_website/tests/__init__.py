from . import test_downloads, test_event_log, test_visits
