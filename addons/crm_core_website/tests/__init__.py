from . import test_event_log, test_visits
