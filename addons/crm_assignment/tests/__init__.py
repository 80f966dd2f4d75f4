from . import (
    test_lookalike,
    test_lookalike_security,
)
