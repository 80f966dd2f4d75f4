from . import test_attribution_invoiced, test_stream
