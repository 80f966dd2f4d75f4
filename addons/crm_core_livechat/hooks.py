from .models.crm_lead_event import KINDS


def uninstall_hook(env):
    env["crm.lead.event"]._forget_kinds(KINDS)
