from . import (
    gamification_challenge,
    gamification_challenge_period,
    gamification_challenge_report,
    gamification_challenge_reward,
    gamification_challenge_standing,
    gamification_goal,
    gamification_goal_data,
    gamification_goal_definition,
    gamification_goal_manual,
    gamification_goal_update,
    gamification_goal_week,
    res_config_settings,
)
