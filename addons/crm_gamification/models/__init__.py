from . import gamification_challenge, gamification_goal
