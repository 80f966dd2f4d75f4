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
    :param dict later: model -> list of what its `_event_rows` makes events of, in bulk
    """

    is_on: bool = True
    before: dict = field(default_factory=dict)
    actors: dict = field(default_factory=dict)
    created: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    later: dict = field(default_factory=dict)

    def __bool__(self):
        return bool(self.before or self.created or self.messages or self.rows or self.later)

    def leave_out(self, message_ids):
        """Forget messages that another event tells."""
        if gone := set(message_ids):
            self.messages = [known for known in self.messages if known[0] not in gone]
