"""What happened in the current transaction and is not yet in the log."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Pending:
    """
    :param bool is_on: False: nothing is kept
    :param dict before: lead id -> its values before the first change; None for a new lead
    :param dict users: lead id -> id of the user who changed it first
    :param dict created: lead id -> kind, `created` or `imported`
    :param list messages: (message id, facts known at its creation)
    :param list rows: events that are ready
    :param dict later: model -> list of what its `_event_rows` makes events of, in bulk
    :param set touched: leads of which nothing is told, but something that projections go by has changed
    :param dict heads: merged lead -> the lead that stays, where the log has yet to be told
    :param before_log: leads up to this id were there before the log
    :param past_below: leads below this id have yet to be told what happened before the log; None: not asked
    """

    is_on: bool = True
    before: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)
    created: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    later: dict = field(default_factory=dict)
    touched: set = field(default_factory=set)
    heads: dict = field(default_factory=dict)
    before_log: int = 0
    past_below: int | None = None

    def __bool__(self):
        told = self.before or self.created or self.messages or self.rows or self.later
        return bool(told or self.touched or self.heads)

    def leave_out(self, message_ids):
        """Forget messages that another event tells."""
        if gone := set(message_ids):
            self.messages = [known for known in self.messages if known[0] not in gone]

    def merge(self, head, tails):
        """What the merged leads have told belongs to the lead that stays; it keeps where it came from.

        The changes of the tails have been made `rows` before.
        """
        tails = set(tails)
        written = {lead for lead in tails if self.before.get(lead, lead) is not None}
        for row in self.rows:
            if row["lead_id"] in tails:
                row["origin_id"] = row.get("origin_id") or row["lead_id"]
                row["lead_id"] = head
        self.heads = {tail: head if known in tails else known for tail, known in self.heads.items()}
        self.heads.update(dict.fromkeys(written, head))
        if not tails.isdisjoint(self.touched):
            self.touched.add(head)
        for lead in tails:
            self._drop(lead)

    def forget(self, leads):
        """These leads are deleted."""
        leads = set(leads)
        self.rows = [row for row in self.rows if row["lead_id"] not in leads]
        for lead in leads:
            self._drop(lead)

    def _drop(self, lead):
        for known in (self.before, self.created, self.users):
            known.pop(lead, None)
        self.touched.discard(lead)
