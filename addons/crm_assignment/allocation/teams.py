"""Which team takes a lead that has none."""

from .facts import Decision


def to_teams(leads, teams, fits):
    """Give each lead to the team with the most free share; ties: the team's sequence, then its id.

    :param leads: iterable of Lead
    :param teams: iterable of Team
    :param fits: team id -> container of the lead ids that its filter lets through
    :return: tuple of (lead id, team id or None, why), by rank; why is empty, `no_team` (no filter
        fits) or `no_team_room`
    """
    room = {team.id: team.room for team in teams}
    order = sorted((team for team in teams if team.capacity > 0), key=lambda team: (team.sequence, team.id))
    found = []
    for lead in sorted(leads, key=lambda lead: (-lead.rank, lead.id)):
        fitting = [team for team in order if lead.id in fits.get(team.id, ())]
        free = [team for team in fitting if room[team.id] > 0]
        if not free:
            found.append((lead.id, None, "no_team_room" if fitting else "no_team"))
            continue
        team = max(free, key=lambda team: room[team.id] / team.capacity)  # the first of equals
        room[team.id] -= 1
        found.append((lead.id, team.id, ""))
    return tuple(found)


def left_in_no_team(found):
    """The leads of `to_teams` that no team took, as decisions."""
    return tuple(Decision(lead, None, why) for lead, team, why in found if team is None)
