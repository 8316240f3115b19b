"""What lists and searches use of a school follows what the register knows of its locations."""

from datetime import date

import pytest

from leerkracht.organisations.models import FormerName, PupilCount
from leerkracht.organisations.services.school_facts import settle_school_facts

from .factories import a_location, a_school

pytestmark = pytest.mark.django_db


def settled(school):
    settle_school_facts()
    school.refresh_from_db()
    return school.former_text, school.pupils, school.pupils_year


def test_pupils_are_those_of_all_locations_in_the_latest_year():
    school = a_school()
    main, east = school.locations.get(), a_location(school)
    for location, year, pupils in ((main, 2024, 300), (main, 2025, 120), (east, 2025, 30)):
        PupilCount.objects.create(location=location, year=year, pupils=pupils)
    assert settled(school) == ("", 150, 2025)


def test_a_withheld_number_counts_for_nothing_and_alone_says_only_its_year():
    school = a_school()
    main, east = school.locations.get(), a_location(school)
    PupilCount.objects.create(location=main, year=2025, is_few=True)
    assert settled(school) == ("", None, 2025)
    PupilCount.objects.create(location=east, year=2025, pupils=30)
    assert settled(school) == ("", 30, 2025)


def test_former_names_are_found_as_they_are_typed_and_go_when_they_go():
    school = a_school()
    FormerName.objects.create(location=school.locations.get(), name="’t Héle Eind", until_date=date(2020, 8, 1))
    assert settled(school) == ("t hele eind", None, None)
    FormerName.objects.all().delete()
    assert settled(school) == ("", None, None)


def test_settling_twice_changes_nothing_the_second_time():
    PupilCount.objects.create(location=a_school().locations.get(), year=2025, pupils=30)
    assert (settle_school_facts(), settle_school_facts()) == (1, 0)
