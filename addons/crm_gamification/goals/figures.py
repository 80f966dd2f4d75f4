"""The figures that goals have by the ledger."""

from dataclasses import dataclass

# figure: the kind of entries whose points it sums
POINTS = {
    "won": "won",
    "customers": "customer",
    "winbacks": "winback",
    "meetings": "meeting",
    "calls": "call",
    "steps": "step",
    "relay": "won",
    "best": "won",
}
# figure: the kinds of entries that it is made of
KINDS = {
    **{name: (kind,) for name, kind in POINTS.items()},
    "money": ("won",),
    "biggest": ("won",),
    "won_rate": ("won", "lost"),
    "answer": ("answer",),
    "closing": ("foreseen",),
}
# figures that are told from a least number of entries on
RATES = ("won_rate", "answer", "closing")
# of half the time one can be asked for half of these
PROPORTIONAL = frozenset(("won", "money", "customers", "winbacks", "meetings", "calls", "steps"))


@dataclass(frozen=True, slots=True)
class Tally:
    """What a person's entries of one kind add up to; only those that count.

    :param largest: the largest amount
    :param hours: the average, None where there are none
    """

    points: float = 0.0
    rows: int = 0
    amount: float = 0.0
    largest: float = 0.0
    hours: float | None = None


NOTHING = Tally()


def figure(name, tallies, least=0):
    """A person's figure in a period, None where there is nothing to tell.

    :param dict tallies: kind -> Tally
    :param int least: so many deals closed or won, or answers, there have to be for a rate or an average
    :raise ValueError: of a name that is no figure of the ledger
    """
    won, lost, answer = (tallies.get(kind, NOTHING) for kind in ("won", "lost", "answer"))
    if name in POINTS:
        return tallies.get(POINTS[name], NOTHING).points
    if name == "money":
        return won.amount
    if name == "biggest":
        return won.largest
    if name == "won_rate":
        closed = won.points + lost.rows
        return 100.0 * won.points / closed if closed >= max(least, 1) else None
    if name == "answer":
        return answer.hours if answer.rows >= max(least, 1) else None
    if name == "closing":
        foreseen = tallies.get("foreseen", NOTHING)
        return foreseen.hours / 24 if foreseen.rows >= max(least, 1) else None
    raise ValueError(f"not a figure of the ledger: {name}")


def of_own_best(now, earlier):
    """Per cent of one's best month; whoever had none before has beaten it with anything."""
    best = max(earlier, default=0)
    if best > 0:
        return 100.0 * now / best
    return 100.0 if now > 0 else 0.0


def together(figures, teams):
    """What each one's team has reached. figures: {person: number}, teams: {person: team or None}.

    Who is in no team runs alone.
    """
    sums = {}
    for person, number in figures.items():
        sums[teams[person]] = sums.get(teams[person], 0) + number
    return {person: sums[teams[person]] if teams[person] else number for person, number in figures.items()}
