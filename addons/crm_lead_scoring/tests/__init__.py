from . import test_ready
from . import test_rule_job
from . import test_rule_points
from . import test_rule_security
from . import test_rule_speed
from . import test_rule_trial
