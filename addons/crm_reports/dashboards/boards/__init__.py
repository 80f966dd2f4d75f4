from .activities import ACTIVITIES
from .attribution import ATTRIBUTION
from .distribution import DISTRIBUTION
from .forecast import FORECAST
from .lost_deals import LOST_DEALS
from .month_end import MONTH_END
from .pipeline import PIPELINE
from .scoring_quality import SCORING_QUALITY
from .team_pipeline import TEAM_PIPELINE
from .unattended import UNATTENDED

BOARDS = (
    PIPELINE,
    TEAM_PIPELINE,
    FORECAST,
    ATTRIBUTION,
    UNATTENDED,
    DISTRIBUTION,
    LOST_DEALS,
    ACTIVITIES,
    MONTH_END,
    SCORING_QUALITY,
)
