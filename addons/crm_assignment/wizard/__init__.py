from . import crm_assignment_reassign, crm_assignment_trial
