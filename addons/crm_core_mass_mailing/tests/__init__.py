from . import test_filter
