"""What an addon says of a kind of event when it registers it."""

from dataclasses import dataclass

GROUPS = ("talk", "step", "change")
CONTACTS = ("", "in", "out", "both")


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event in the life of a lead.

    :param label: words for people (a lazy translation)
    :param icon: Font Awesome class
    :param group: `talk` (conversation), `step` (activities and meetings) or `change` (of the lead)
    :param touch: the customer did something himself: what attribution counts
    :param contact: who reached whom by it: `in` (the customer us), `out`, `both`, or nobody.
        Automatic answers, bounces and mass mailings are no contact.
    :param data: the keys that the event's `data` may have; their values are ids, numbers and
        codes, never text, addresses or names
    """

    label: object
    icon: str
    group: str = "change"
    touch: bool = False
    contact: str = ""
    data: tuple = ()

    def __post_init__(self):
        if self.group not in GROUPS or self.contact not in CONTACTS:
            raise ValueError(f"{self.group!r} or {self.contact!r} is no group or contact of an event kind")
