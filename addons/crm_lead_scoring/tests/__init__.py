from . import test_rule_job
from . import test_rule_points
