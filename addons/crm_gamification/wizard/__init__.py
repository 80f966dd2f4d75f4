from . import gamification_goal_wizard
