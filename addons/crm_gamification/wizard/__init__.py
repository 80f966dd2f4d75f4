from . import crm_game_start, gamification_goal_wizard
