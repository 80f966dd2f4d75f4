from . import test_share
