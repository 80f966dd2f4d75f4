from . import test_event_log, test_filter, test_opt_out, test_touch_utm
