from . import (
    test_features_as_of,
    test_features_closing,
    test_features_fields,
    test_features_happened,
    test_features_properties,
    test_features_reading,
    test_learned_score,
    test_scoring_field,
)
