from .models.crm_lead_event import KINDS


def post_init_hook(env):
    env["crm.lead.event"]._start_log()


def uninstall_hook(env):
    env["crm.lead.event"]._forget_kinds(KINDS)
