from . import answer, base, event, lead_filter, mailbox
