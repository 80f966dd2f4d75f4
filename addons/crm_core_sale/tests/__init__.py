from . import test_event_log, test_orders_told_later, test_security
