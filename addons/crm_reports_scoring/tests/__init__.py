from . import test_scoring_quality
