"""The demonstration world: made up, whole, and only where it belongs."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Location, Participation, Role, RoleAssignment, School, Team, TeamMembership
from leerkracht.organisations.tests.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    call_command("demo")


def test_it_holds_a_hundred_and_twenty_made_up_schools(demonstration):
    assert School.objects.count() == 120
    assert not School.objects.exclude(code__startswith="ZZ").exists()
    assert not Location.objects.exclude(postcode__endswith="SS").exists()


def test_everyone_in_it_is_made_up(demonstration):
    assert not Person.objects.exclude(email__endswith="@voorbeeld.invalid").exists()


def test_the_primary_team_has_eight_people_of_whom_four_part_time(demonstration):
    team = Team.objects.get(name="Bovenbouw", school__name="De Regenboog")
    days = sorted(team.memberships.values_list("work_days", flat=True))
    assert [len(days), sum(day != TeamMembership.EVERY_DAY for day in days)] == [8, 4]


def test_secondary_has_three_teams_and_vocational_one(demonstration):
    assert School.objects.get(name="Het Noorderlicht College").teams.count() == 3
    assert School.objects.get(name="MBO De Werf").teams.count() == 1


def test_every_role_is_worn_by_somebody(demonstration):
    worn = set(RoleAssignment.objects.values_list("role", flat=True)) | {Role.TEACHER}
    assert worn == set(Role.values)
    assert RoleAssignment.objects.filter(role=Role.EXPERT_COACH).count() == 12


def test_schools_stand_along_the_whole_road(demonstration):
    assert Participation.objects.values("stage").distinct().count() >= 9
    assert Participation.objects.filter(from_date__gt=date.today()).count() == 0


def test_a_second_time_changes_nothing(demonstration, settings):
    before = Person.objects.count()
    call_command("demo")
    assert Person.objects.count() == before


def test_it_refuses_outside_the_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="LEERKRACHT_DEMO=yes"):
        call_command("demo")


def test_it_refuses_a_database_with_people_of_its_own(settings):
    settings.DEMONSTRATION = True
    person = a_person()
    Person.objects.filter(pk=person.pk).update(email="iemand@school.test")
    with pytest.raises(CommandError, match="people of its own"):
        call_command("demo")
    assert Person.objects.count() == 1
