"""Who reaches which school and team, by hand from access.md."""

from datetime import timedelta

import pytest

from leerkracht.organisations.models import GoverningBody, Role, School, SchoolGovernance, Team, TeamMembership
from leerkracht.organisations.permissions import (
    reachable_governing_bodies,
    reachable_schools,
    reachable_teams,
    roles_at,
)
from leerkracht.organisations.rules import INVITES, PLACE_OF_ROLE, may_hand_out

from .factories import TODAY, a_governing_body, a_member, a_person, a_role, a_school, a_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    """Two schools of one body and one of another, two teams each; everybody has a place at the first."""
    body = a_governing_body(name="Ons bestuur")
    own = a_school(body, name="Eigen school")
    team, other_team = a_team(own, name="Eigen team"), a_team(own, name="Ander team")
    a_team(a_school(body, name="Zusterschool"), name="Zusterteam")
    a_team(a_school(name="Verre school"), name="Ver team")
    people = {
        role: a_role(role, school=own).person for role in (Role.SCHOOL_COACH, Role.SCHOOL_LEADER, Role.EXPERT_COACH)
    }
    people |= {role: a_role(role, governing_body=body).person for role in (Role.CHANGE_COACH, Role.GOVERNING_BODY_LEAD)}
    everywhere = (Role.CENTRAL_TEAM, Role.ADMINISTRATOR, Role.RESEARCHER, Role.FUND, Role.EDITOR, Role.READER)
    people |= {role: a_role(role).person for role in everywhere}
    people[Role.TEACHER] = a_member(team).person
    people["nobody"] = a_person()
    return {"people": people, "own": own, "team": team, "other_team": other_team, "body": body}


def schools(person, action, on=TODAY):
    return sorted(School.objects.filter(reachable_schools(person, action, on)).values_list("name", flat=True))


def teams(person, action, on=TODAY):
    return sorted(Team.objects.filter(reachable_teams(person, action, on)).values_list("name", flat=True))


OWN, OF_BODY = ["Eigen school"], ["Eigen school", "Zusterschool"]
ALL = ["Eigen school", "Verre school", "Zusterschool"]
OWN_TEAM, OWN_TEAMS = ["Eigen team"], ["Ander team", "Eigen team"]
BODY_TEAMS, ALL_TEAMS = [*OWN_TEAMS, "Zusterteam"], ["Ander team", "Eigen team", "Ver team", "Zusterteam"]
# Who: schools seen, schools arranged, teams seen, teams arranged, teams worked with.
MATRIX = {
    Role.TEACHER: (OWN, [], OWN_TEAM, [], OWN_TEAM),
    Role.SCHOOL_COACH: (OWN, OWN, OWN_TEAMS, OWN_TEAMS, OWN_TEAMS),
    Role.SCHOOL_LEADER: (OWN, OWN, OWN_TEAMS, OWN_TEAMS, OWN_TEAMS),
    Role.EXPERT_COACH: (OWN, [], OWN_TEAMS, [], []),
    Role.CHANGE_COACH: (OF_BODY, [], BODY_TEAMS, [], []),
    Role.GOVERNING_BODY_LEAD: (OF_BODY, [], BODY_TEAMS, [], []),
    Role.CENTRAL_TEAM: (ALL, ALL, ALL_TEAMS, ALL_TEAMS, []),
    Role.ADMINISTRATOR: ([], [], [], [], []),
    Role.RESEARCHER: ([], [], [], [], []),
    Role.FUND: ([], [], [], [], []),
    Role.EDITOR: ([], [], [], [], []),
    Role.READER: ([], [], [], [], []),
    "nobody": ([], [], [], [], []),
}


@pytest.mark.parametrize("who", MATRIX, ids=str)
def test_every_role_reaches_what_the_policy_says(world, who):
    person = world["people"][who]
    reached = (
        schools(person, "view"),
        schools(person, "edit"),
        teams(person, "view"),
        teams(person, "edit"),
        teams(person, "work"),
    )
    assert reached == MATRIX[who]


def test_every_role_is_in_the_matrix():
    assert set(MATRIX) == {*Role, "nobody"}


def test_a_role_counts_from_its_first_day_up_to_not_including_its_last():
    school = a_school(name="Eigen school")
    person = a_role(Role.SCHOOL_COACH, school=school, from_date=TODAY, to_date=TODAY + 2 * DAY).person
    reached = [schools(person, "edit", TODAY + n * DAY) == OWN for n in (-1, 0, 1, 2)]
    assert reached == [False, True, True, False]


def test_a_membership_that_ends_today_is_over_today():
    membership = a_member(a_team(name="Eigen team"), to_date=TODAY)
    assert teams(membership.person, "view") == []
    assert teams(membership.person, "view", TODAY - DAY) == OWN_TEAM


def test_a_school_that_moved_is_no_longer_its_old_bodys(world):
    lead = world["people"][Role.GOVERNING_BODY_LEAD]
    SchoolGovernance.objects.filter(school=world["own"]).update(to_date=TODAY)
    SchoolGovernance.objects.create(school=world["own"], governing_body=a_governing_body(), from_date=TODAY)
    assert schools(lead, "view") == ["Zusterschool"]


def test_who_is_inactive_reaches_nothing(world):
    person = world["people"][Role.CENTRAL_TEAM]
    person.is_active = False
    person.save()
    assert (schools(person, "view"), teams(person, "work")) == ([], [])


def test_rights_add_up_over_hats_and_never_double_a_row(world):
    coach = world["people"][Role.SCHOOL_COACH]
    a_member(world["team"], coach)
    a_role(Role.EXPERT_COACH, coach, school=world["own"])
    assert teams(coach, "view") == OWN_TEAMS


def test_a_prefix_puts_the_right_behind_a_relation(world):
    coach = world["people"][Role.SCHOOL_COACH]
    rows = TeamMembership.objects.filter(reachable_teams(coach, "edit", TODAY, "team__"))
    assert [row.team for row in rows] == [world["team"]]


def test_a_body_is_seen_by_its_own_people_and_the_central_team(world):
    seen = {
        who: GoverningBody.objects.filter(reachable_governing_bodies(person, "view", TODAY)).count()
        for who, person in world["people"].items()
    }
    assert {who for who, count in seen.items() if count} == {
        Role.CHANGE_COACH,
        Role.GOVERNING_BODY_LEAD,
        Role.CENTRAL_TEAM,
    }
    assert seen[Role.GOVERNING_BODY_LEAD] == 1


def test_roles_at_a_school_include_those_of_its_body_and_everywhere(world):
    found = {who: set(roles_at(person, TODAY, school=world["own"])) for who, person in world["people"].items()}
    assert found[Role.TEACHER] == set()
    assert found[Role.CHANGE_COACH] == {Role.CHANGE_COACH}
    assert found[Role.CENTRAL_TEAM] == {Role.CENTRAL_TEAM}
    assert found[Role.EXPERT_COACH] == {Role.EXPERT_COACH}


def test_only_those_named_hand_out_a_role():
    handed = {
        held: sorted(role for role in PLACE_OF_ROLE if may_hand_out(role, held={held}, has_coach=True))
        for held in PLACE_OF_ROLE
    }
    assert handed == {
        **{role: [] for role in PLACE_OF_ROLE},
        "SCHOOL_COACH": ["SCHOOL_COACH", "SCHOOL_LEADER", "TEACHER"],
        "SCHOOL_LEADER": ["SCHOOL_COACH", "SCHOOL_LEADER", "TEACHER"],
        "CENTRAL_TEAM": [
            "CHANGE_COACH",
            "EDITOR",
            "EXPERT_COACH",
            "FUND",
            "GOVERNING_BODY_LEAD",
            "RESEARCHER",
            "SCHOOL_COACH",
            "SCHOOL_LEADER",
            "TEACHER",
        ],
        "ADMINISTRATOR": ["ADMINISTRATOR", "CENTRAL_TEAM"],
    }
    assert set(INVITES) < set(PLACE_OF_ROLE)


@pytest.mark.parametrize("coach", ["EXPERT_COACH", "CHANGE_COACH"])
def test_a_coach_of_the_foundation_invites_the_first_school_coach_only(coach):
    assert may_hand_out("SCHOOL_COACH", held={coach}, has_coach=False)
    assert not may_hand_out("SCHOOL_COACH", held={coach}, has_coach=True)
    assert not may_hand_out("SCHOOL_LEADER", held={coach}, has_coach=False)
