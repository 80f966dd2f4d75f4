from . import test_quotation_pages, test_quotations, test_settings
