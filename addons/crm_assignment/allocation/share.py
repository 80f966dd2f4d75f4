"""Sharing out the leads of one team among its members.

Leads go by rank, each to one member: first to whom its customer belongs, then to members whose
preferred filter fits, then to all whose filter fits; within what the 30 days have room for or, where
the team keeps to it, within today's share. Among several the method says who: who waited longest
(`round_robin`), who has least to do (`least_loaded`), who has had the smallest part of his maximum
(`weighted`); ties go to who waited longest, then to the lower id.

Nothing here depends on the order of its input or on chance: the same facts give the same answer.
"""

from .facts import ABSENCES, PAST, Candidate, Decision, Shared

LOYAL, PREFERRED, ANY = "loyal", "preferred", "any"
NEAREST = {why: place for place, why in enumerate(PAST)}
BY_METHOD = {"round_robin": "turn", "least_loaded": "load", "weighted": "share"}


def share_out(leads, members, rules, fits, prefers=None):
    """Decide who gets which lead.

    :param leads: iterable of Lead
    :param members: iterable of Member, all of one team
    :param Rules rules:
    :param fits: member id -> container of the lead ids that his filter lets through; who is
        missing takes all
    :param prefers: member id -> container of the lead ids that his preferred filter lets through,
        for those who have one
    :return: Shared
    """
    desk = _Desk(members, rules, fits, prefers or {})
    waiting, decisions = sorted(leads, key=lambda lead: (-lead.rank, lead.id)), []
    for wave in (LOYAL, PREFERRED, ANY):
        still = []
        for lead in waiting:
            found = desk.best(lead, wave)
            if found is None:
                still.append(lead)
            else:
                decisions.append(desk.give(lead, found, wave))
        waiting = still
    decisions += [desk.left(lead) for lead in waiting]
    return Shared(tuple(decisions), desk.turned)


class _Desk:
    """The members while leads are dealt out: what each has room for, when he had his last turn."""

    def __init__(self, members, rules, fits, prefers):
        self.members = {member.id: member for member in sorted(members, key=lambda member: member.id)}
        self.rules, self.fits, self.prefers = rules, fits, prefers
        self.given = {member.id: member.given for member in self.members.values()}
        self.share = {member.id: member.share for member in self.members.values()}
        self.load = {member.id: member.load for member in self.members.values()}
        self.turn = {member.id: member.turn for member in self.members.values()}
        self.last_turn = max(self.turn.values(), default=0)
        self.turned = {}

    def room(self, member_id):
        """How many more leads he has room for in the 30 days."""
        return max(self.members[member_id].maximum - self.given[member_id], 0)

    def can_take(self, member_id):
        return self.room(member_id) > 0 and (self.rules.burst or self.share[member_id] > 0)

    def receiver(self, member_id):
        """Who gets what this member's turn brings: he, his deputy while he is away, or nobody."""
        member = self.members[member_id]
        if member.absence == "away" and member.deputy in self.members:
            member = self.members[member.deputy]
        return member.id if not member.absence and self.can_take(member.id) else None

    def takes(self, member_id, lead):
        return member_id not in lead.without and (member_id not in self.fits or lead.id in self.fits[member_id])

    def best(self, lead, wave):
        """The member whose turn it is to get the lead in this wave, or None."""
        if wave == LOYAL:
            asked = [lead.loyal] if lead.loyal in self.members and lead.loyal not in lead.without else ()
        elif wave == PREFERRED:
            asked = [one for one, ids in self.prefers.items() if lead.id in ids and self.takes(one, lead)]
        else:
            asked = [one for one in self.members if self.takes(one, lead)]
        able = [one for one in asked if self._may_receive(one, lead)]
        return min(able, key=self.place, default=None)

    def _may_receive(self, member_id, lead):
        receiver = self.receiver(member_id)
        return receiver is not None and receiver not in lead.without

    def place(self, member_id):
        """The lower, the sooner it is his turn."""
        by_turn = (self.turn[member_id], member_id)
        if self.rules.method == "least_loaded":
            return (self.load[member_id], *by_turn)
        if self.rules.method == "weighted":
            return ((self.given[member_id] + 1) / max(self.members[member_id].maximum, 1), *by_turn)
        return by_turn

    def give(self, lead, member_id, wave):
        receiver = self.receiver(member_id)
        candidates = tuple(self._candidate(one, lead, member_id, receiver, wave) for one in self.members)
        self.last_turn += 1
        for one in {member_id, receiver}:
            self.load[one] += lead.load
        self.turn[member_id] = self.turned[member_id] = self.last_turn
        self.given[receiver] += 1
        self.share[receiver] -= 1
        if receiver != member_id:  # his turn counts as had, or all would go to the deputy
            self.given[member_id] += 1
        why = lead.loyal_why if wave == LOYAL else self.rules.method
        return Decision(lead.id, receiver, why, lead.id in self.prefers.get(member_id, ()), candidates)

    def left(self, lead):
        candidates = tuple(
            Candidate(one, self.load[one], self.room(one), self._obstacle(one, lead)) for one in self.members
        )
        nearest = max((candidate.why for candidate in candidates), key=NEAREST.__getitem__, default="no_members")
        return Decision(lead.id, None, nearest, False, candidates)

    def _candidate(self, one, lead, chosen, receiver, wave):
        if one == receiver:
            why = "chosen"
        elif one == chosen:
            why = "deputy"
        else:
            why = self._obstacle(one, lead) or self._passed(one, lead, wave)
        return Candidate(one, self.load[one], self.room(one), why)

    def _obstacle(self, one, lead):
        """What keeps a lead from a member, or an empty text."""
        member = self.members[one]
        if member.absence == "filter_broken":
            return member.absence
        if one not in self.fits or lead.id in self.fits[one]:
            if one in lead.without:
                return "had_it"
            receiver = self.receiver(one)
            if member.absence in ABSENCES and receiver is None:
                return member.absence
            if receiver in lead.without:
                return "had_it"
            if receiver not in (None, one):
                return ""
            if self.room(one) <= 0:
                return "no_room"
            return "" if self.can_take(one) else "day_done"
        return "filter"

    def _passed(self, one, lead, wave):
        """Why a member who could have had the lead did not get it."""
        if wave == LOYAL:
            return "loyal"
        if wave == PREFERRED and lead.id not in self.prefers.get(one, ()):
            return "not_preferred"
        return BY_METHOD[self.rules.method]
