"""Pupils and their groups have other names in each sector."""

import pytest
from django.utils import translation

from leerkracht.organisations.models import Role, Sector
from leerkracht.organisations.queries.roles import hats_of
from leerkracht.organisations.queries.words import words_in_language, words_of_hat
from leerkracht.organisations.rules import words_for
from leerkracht.organisations.rules.teams import size_advice

from .factories import TODAY, a_member, a_role, a_school, a_team


@pytest.mark.parametrize(
    ("sector", "pupils", "group"),
    [
        ("PO", "leerlingen", "groep"),
        ("SO", "leerlingen", "groep"),
        ("VO", "leerlingen", "klas"),
        ("MBO", "studenten", "klas"),
    ],
)
def test_each_sector_has_its_words(sector, pupils, group):
    assert (words_for(sector).pupils, words_for(sector).group) == (pupils, group)


def test_an_unknown_sector_speaks_as_a_primary_school():
    assert words_for("") == words_for("PO")


@pytest.mark.django_db
def test_the_words_are_those_of_the_hats_school():
    teacher = a_member(a_team(a_school(sector=Sector.VOCATIONAL))).person
    with translation.override("nl"):
        assert words_of_hat(hats_of(teacher, TODAY)[0]) == words_in_language("MBO")
        assert words_of_hat(hats_of(a_role(Role.CENTRAL_TEAM).person, TODAY)[0]) == words_in_language("PO")
        assert words_of_hat(None).pupil == "leerling"


def test_a_team_of_four_to_ten_needs_no_advice():
    assert [bool(size_advice(members)) for members in (0, 3, 4, 10, 11)] == [False, True, False, False, True]
