from . import test_stream
