"""What happened in the current transaction and is not yet in the log."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Pending:
    """
    :param bool is_on: False: nothing is kept
    :param dict before: lead id -> its values before the first change; None for a new lead
    :param dict actors: lead id -> partner id of who changed it first
    :param dict created: lead id -> kind, `created` or `imported`
    :param list messages: (message id, facts known at its creation)
    :param list rows: events that are ready
    """

    is_on: bool = True
    before: dict = field(default_factory=dict)
    actors: dict = field(default_factory=dict)
    created: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.before or self.created or self.messages or self.rows)
