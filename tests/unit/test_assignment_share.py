"""Sharing out leads: who gets which, never too many, evenly, and always the same answer."""

import random
from collections import Counter

from crm_assignment.allocation.evenness import gap, gini
from crm_assignment.allocation.facts import ABSENCES, LEFT, METHODS, PAST, Lead, Member, Rules, Team
from crm_assignment.allocation.room import day_share, unused
from crm_assignment.allocation.share import share_out
from crm_assignment.allocation.teams import to_teams
from hypothesis import given, settings
from hypothesis import strategies as st

ROOMY = 1_000


def leads(number, **kwargs):
    return [Lead(one, **kwargs) for one in range(1, number + 1)]


def members(number, **kwargs):
    return [Member(one, ROOMY, share=ROOMY, **kwargs) for one in range(1, number + 1)]


def counts(shared):
    return Counter(decision.member for decision in shared.decisions if decision.member)


@st.composite
def cases(draw):
    """Teams of all kinds: filters, preferences, absences, deputies, loyal customers, leads that somebody had."""
    size, number = draw(st.integers(1, 6)), draw(st.integers(0, 25))
    ids = st.integers(1, size)
    team = [
        Member(
            one,
            maximum := draw(st.integers(0, 8)),
            given=draw(st.integers(0, maximum)),
            share=draw(st.integers(0, 4)),
            turn=draw(st.integers(0, 9)),
            load=draw(st.integers(0, 5)),
            absence=draw(st.sampled_from(("", "", "", *ABSENCES))),
            deputy=draw(st.none() | ids),
        )
        for one in range(1, size + 1)
    ]
    waiting = [
        Lead(
            one,
            rank=draw(st.integers(0, 3)),
            load=draw(st.integers(0, 3)),
            loyal=draw(st.none() | ids),
            without=frozenset(draw(st.sets(ids, max_size=2))),
        )
        for one in range(1, number + 1)
    ]
    some = st.sets(st.integers(1, number)) if number else st.just(set())
    fits = draw(st.dictionaries(ids, some, max_size=size))
    prefers = draw(st.dictionaries(ids, some, max_size=size))
    return waiting, team, Rules(draw(st.sampled_from(METHODS)), draw(st.booleans())), fits, prefers


@settings(max_examples=400)
@given(cases())
def test_every_lead_once_and_nobody_over_his_maximum(case):
    """Each lead has one decision; nobody gets more than his maximum, nor anybody who is absent."""
    waiting, team, rules, fits, prefers = case
    shared = share_out(waiting, team, rules, fits, prefers)
    assert sorted(decision.lead for decision in shared.decisions) == [lead.id for lead in waiting]
    got = counts(shared)
    for member in team:
        assert member.given + got[member.id] <= max(member.maximum, member.given)
        assert not (member.absence and got[member.id])
        assert rules.burst or got[member.id] <= member.share


@settings(max_examples=300)
@given(cases(), st.integers(0, 1_000))
def test_the_order_of_the_input_does_not_matter(case, seed):
    """The same facts in another order, and told again, give the same answer."""
    waiting, team, rules, fits, prefers = case
    before = share_out(waiting, team, rules, fits, prefers)
    shuffled, other = list(waiting), list(team)
    random.Random(seed).shuffle(shuffled)
    random.Random(seed).shuffle(other)
    turned = dict(reversed(list(prefers.items())))
    assert share_out(shuffled, other, rules, fits, turned) == before


@settings(max_examples=300)
@given(cases())
def test_each_decision_says_why(case):
    """Who has it, why, and for every member of the team why not; a lead that stays could not have been given."""
    waiting, team, rules, fits, prefers = case
    for decision in share_out(waiting, team, rules, fits, prefers).decisions:
        assert [candidate.member for candidate in decision.candidates] == [member.id for member in team]
        whys = Counter(candidate.why for candidate in decision.candidates)
        if decision.member is None:
            assert decision.why in LEFT and set(whys) <= set(PAST[:9])
        else:
            assert whys["chosen"] == 1 and whys["deputy"] <= 1
            assert set(whys) <= {*PAST, "chosen", "deputy"}


@given(st.integers(0, 60), st.integers(1, 7), st.sampled_from(METHODS))
def test_equal_members_differ_by_one_at_most(number, size, method):
    """Members who are alike get the same number of leads, or one more."""
    shared = share_out(leads(number), members(size), Rules(method), {})
    got = counts(shared)
    assert gap(got[member] for member in range(1, size + 1)) <= 1


@given(st.lists(st.integers(1, 9), min_size=2, max_size=8), st.integers(2, 5))
def test_the_turn_is_remembered_between_runs(runs, size):
    """Many small runs are as even as a large one: nobody starts from the top again."""
    turns, got, first = {}, Counter(), 1
    for number in runs:
        team = [Member(one, ROOMY, share=ROOMY, turn=turns.get(one, 0)) for one in range(1, size + 1)]
        shared = share_out([Lead(one) for one in range(first, first + number)], team, Rules(), {})
        turns.update(shared.turns)
        got.update(counts(shared))
        first += number
    assert gap(got[member] for member in range(1, size + 1)) <= 1


@given(st.lists(st.integers(0, 20), min_size=2, max_size=6), st.integers(0, 80))
def test_least_loaded_levels_what_there_is(loads, number):
    """Nobody who got something ends up more than one above the least loaded."""
    team = [Member(one, ROOMY, share=ROOMY, load=load) for one, load in enumerate(loads, 1)]
    got = counts(share_out(leads(number), team, Rules("least_loaded"), {}))
    after = {member.id: member.load + got[member.id] for member in team}
    assert all(after[one] <= min(after.values()) + 1 for one in got)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=6))
def test_weighted_fills_all_alike(maxima):
    """With as many leads as there is room for half of all maxima, everybody is about half full."""
    team = [Member(one, maximum, share=maximum) for one, maximum in enumerate(maxima, 1)]
    got = counts(share_out(leads(sum(maxima) // 2), team, Rules("weighted"), {}))
    assert all(abs(got[member.id] - member.maximum / 2) <= len(maxima) for member in team)


def test_the_best_lead_comes_first():
    """With room for one, the lead of the highest rank is given, of equals the older one."""
    team = [Member(1, 1, share=1)]
    for ranks, best in (((1, 5, 3), 2), ((5, 5, 5), 1)):
        waiting = [Lead(one, rank) for one, rank in enumerate(ranks, 1)]
        given_ = {decision.lead: decision.member for decision in share_out(waiting, team, Rules(), {}).decisions}
        assert [lead for lead, member in given_.items() if member] == [best]


def test_one_lead_preferred_by_two_is_given_once():
    """Two members whose preferred filters both fit: each lead goes to one of them, in turn."""
    both = {1: {1, 2, 3}, 2: {1, 2, 3}}
    shared = share_out(leads(3), members(3), Rules(), {}, both)
    assert [(decision.lead, decision.member) for decision in shared.decisions] == [(1, 1), (2, 2), (3, 1)]
    assert all(decision.preferred for decision in shared.decisions)


def test_a_burst_goes_through_where_it_may():
    """Fourteen leads on one day, five in today's share: all are given, or just the five where days are kept."""
    team = [Member(1, 30, share=3), Member(2, 30, share=2)]
    assert sum(counts(share_out(leads(14), team, Rules(), {})).values()) == 14
    held = share_out(leads(14), team, Rules(burst=False), {})
    assert counts(held) == {1: 3, 2: 2}
    assert {decision.why for decision in held.decisions if not decision.member} == {"day_done"}


def test_customers_go_to_their_salesperson_with_room():
    """Loyalty comes before the turn and before filters, never before the maximum or an absence."""
    full, away, free = Member(1, 1, given=1), Member(2, 9, share=9, absence="away"), Member(3, 9, share=9)
    waiting = [Lead(1, loyal=1), Lead(2, loyal=2), Lead(3, loyal=3, loyal_why="lookalike")]
    shared = share_out(waiting, [full, away, free, Member(4, 9, share=9)], Rules(), {3: set()})
    assert {d.lead: (d.member, d.why) for d in shared.decisions} == {
        1: (4, "round_robin"),
        2: (4, "round_robin"),
        3: (3, "lookalike"),
    }


def test_a_deputy_takes_the_turn_of_who_is_away():
    """While one is away his turn goes to his deputy; when the deputy is full too, others have it."""
    team = [Member(1, 9, share=9, absence="away", deputy=2), Member(2, 3, share=3), Member(3, 9, share=9)]
    shared = share_out(leads(6), team, Rules(), {})
    assert counts(shared) == {2: 3, 3: 3}
    assert {candidate.why for candidate in shared.decisions[0].candidates if candidate.member == 1} == {"deputy"}


def test_who_had_it_does_not_get_it_again():
    """A lead that was taken back goes on to somebody else, also not by way of being deputy."""
    team = [Member(1, 9, share=9), Member(2, 9, share=9, absence="away", deputy=1)]
    (decision,) = share_out([Lead(1, without=frozenset({1}))], team, Rules(), {}).decisions
    assert (decision.member, decision.why) == (None, "had_it")


def test_share_of_a_day():
    """A maximum of one is one lead; what is left is spread over the working days that are left."""
    table = (  # room, given today, working days left -> share
        (1, 0, 22, 1),
        (0, 1, 22, 0),
        (30, 0, 22, 2),
        (28, 2, 22, 0),
        (29, 1, 22, 1),
        (10, 0, 1, 10),
        (10, 0, 0, 0),
        (-2, 0, 5, 0),
    )
    for room, given_today, days, expected in table:
        assert day_share(room, given_today, days) == expected, (room, given_today, days)


def test_unused_shares():
    """Each day of work adds its part, each lead takes one off; never more than the maximum."""
    table = (  # maximum, given, days worked, days of the window -> unused
        (21, 0, 1, 21, 1),
        (21, 0, 5, 21, 5),
        (21, 5, 5, 21, 0),
        (21, 9, 5, 21, 0),
        (21, 0, 30, 21, 21),
        (1, 0, 1, 21, 1),
        (0, 0, 9, 21, 0),
        (30, 0, 0, 21, 0),
        (30, 0, 5, 0, 0),
    )
    for maximum, number, worked, days, expected in table:
        assert unused(maximum, number, worked, days) == expected, (maximum, number, worked, days)


def test_a_burst_after_quiet_days():
    """After ten days without a lead the next may give what they left; at a steady pace nothing is to be made up for."""
    quiet = day_share(21, 0, 21, unused(21, 0, 11, 21))
    steady = day_share(11, 0, 11, unused(21, 10, 11, 21))
    assert (quiet, steady) == (11, 1)


@given(st.integers(0, 60), st.lists(st.integers(0, 8), min_size=1, max_size=21))
def test_paced_days_never_exceed_the_maximum(maximum, waiting):
    """However many leads wait on each day, and whatever earlier ones left: what is due is given, no more than the
    maximum in all, and who asks for little every day gets it all."""
    days, given_so_far = 21, 0
    for worked, number in enumerate(waiting, 1):
        share = day_share(maximum - given_so_far, 0, days - worked + 1, unused(maximum, given_so_far, worked, days))
        assert share >= min(unused(maximum, given_so_far, worked, days), maximum - given_so_far)
        given_so_far += min(number, share)
        assert given_so_far <= maximum


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 31), st.integers(0, 90))
def test_share_of_a_day_never_exceeds_the_room(room, given_today, days, left):
    assert 0 <= day_share(room, given_today, days, left) <= room
    assert day_share(room, given_today, days, left) >= day_share(room, given_today, days)
    assert days == 0 or room == 0 or day_share(room, 0, days) >= 1


def test_teams_by_free_share():
    """The team with most of its capacity free; of equals the sequence, then the id; a full one gets none."""
    teams = [Team(1, 20, 10, 5), Team(2, 10, 4, 2), Team(3, 0, 9, 0), Team(4, 0, 0, 5)]
    fits = {1: {1, 2, 3}, 2: {1, 2, 3}, 3: {1, 2, 3, 4}, 4: {1, 2, 3, 4}}
    assert to_teams(leads(5), teams, fits) == (
        (1, 2, ""),
        (2, 1, ""),
        (3, 1, ""),
        (4, None, "no_team_room"),
        (5, None, "no_team"),
    )


def test_evenness():
    """Nothing to spread and everybody alike is 0; one who has all comes near 1."""
    assert (gini([]), gini([0, 0]), gini([3, 3, 3]), gap([])) == (0.0, 0.0, 0.0, 0)
    assert gini([0, 0, 0, 8]) == 0.75
    assert gap([2, 5, 3]) == 3
