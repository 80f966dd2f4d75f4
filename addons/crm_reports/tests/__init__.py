from . import (
    test_attribution_changes,
    test_attribution_cost,
    test_attribution_rights,
    test_attribution_sums,
    test_attribution_tour,
    test_js,
)
