from . import test_stock_defects
