from . import crm_assignment_reassign
from . import crm_assignment_trial
