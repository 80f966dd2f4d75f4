from . import test_ready, test_rule_job, test_rule_points, test_rule_security, test_rule_speed, test_rule_trial
