from . import test_event_log
