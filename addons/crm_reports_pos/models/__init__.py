from . import crm_team_dashboard
