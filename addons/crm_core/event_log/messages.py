"""What a message on a lead is: the customer's, ours, a note, or automatic."""

from dataclasses import dataclass
from datetime import timedelta

SILENT_TYPES = ("notification", "user_notification")
AUTOMATIC_TYPES = ("auto_comment", "out_of_office")
SENDERS_CLOCK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Message:
    """What there is to know of one message.

    :param message_type: Odoo's own
    :param is_step: it tells that an activity was done (the activity's own event tells that)
    :param is_internal: only employees see it
    :param is_ours: its author is an employee
    :param is_robot: its author is the system itself
    :param went_out: somebody outside the company was notified of it
    :param is_automatic: the mail gateway found an automatic answer
    """

    message_type: str
    is_step: bool = False
    is_internal: bool = False
    is_ours: bool = False
    is_robot: bool = False
    went_out: bool = False
    is_automatic: bool = False


def understand(message):
    """The event that a message is.

    :param Message message:
    :return: (kind, direction), or None where another event tells the same (a change, an
        activity, a meeting) or nobody said anything
    """
    if message.is_step or message.message_type in SILENT_TYPES:
        return None
    if message.message_type in AUTOMATIC_TYPES or (message.is_robot and not message.is_internal):
        return ("auto_reply", "out") if message.went_out or message.message_type in AUTOMATIC_TYPES else None
    if message.is_automatic:
        return ("auto_reply", "out" if message.is_ours else "in")
    if not message.is_ours and (message.message_type == "email" or not message.is_internal):
        return ("message_in", "in")
    if message.message_type == "sms":
        return ("sms_out", "out")
    if message.is_internal and message.message_type != "email_outgoing":
        return ("note", "")
    return ("message_out", "out") if message.went_out else ("note", "")


def sent_at(date, now):
    """When an incoming mail was written: its sender says so, and is believed within reason.

    :param date: naive UTC datetime that the mail bears
    :param now: naive UTC datetime of its arrival
    :return: `date` where it lies in the last seven days, else `now`
    """
    return date if date and now - SENDERS_CLOCK <= date <= now else now
