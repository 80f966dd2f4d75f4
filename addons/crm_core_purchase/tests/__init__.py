from . import test_purchase_rights
