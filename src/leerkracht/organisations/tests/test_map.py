"""The map: where a dot stands, what a window holds, who is near, and what the page shows to whom."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from leerkracht.organisations.kernel.map import Dot, Window, fitting, kilometres, path, quarters, scale_bar
from leerkracht.organisations.kernel.pupils import YearBar, bars
from leerkracht.organisations.models import Location, PostcodeArea, Role, Stage
from leerkracht.organisations.queries.map import neighbours, point_of, seen
from leerkracht.organisations.queries.schools import SchoolFilter

from .factories import TODAY, a_governing_body, a_location, a_participation, a_person, a_role, a_school

DEGREES = st.tuples(st.floats(50.7, 53.6), st.floats(3.3, 7.2))


def test_the_middle_of_a_window_is_the_middle_of_the_picture():
    assert Window().point(52.15, 5.3) == (500, 575)
    assert Window(51.0, 6.0, 3).point(51.0, 6.0) == (500, 575)


def test_the_picture_keeps_shapes():
    """A square of ten by ten kilometres is square in the picture too, to one in a hundred."""
    window, north = Window(zoom=4), 10 / 111.195
    east = north / 0.6136  # one degree of longitude at 52.15 degrees is so much of one of latitude
    (x, y), (far_x, far_y) = window.point(52.15, 5.3), window.point(52.15 + north, 5.3 + east)
    assert abs((far_x - x) / (y - far_y) - 1) < 0.01


def test_distances_are_those_of_the_globe():
    """Amsterdam (52.3731, 4.8926) to Maastricht (50.8483, 5.6889): 178.4 km along a great circle."""
    assert round(kilometres(52.3731, 4.8926, 50.8483, 5.6889)) == 178
    assert kilometres(52, 5, 52, 5) == 0


@given(st.lists(DEGREES, min_size=1, max_size=20))
def test_the_fitting_window_holds_every_dot_and_one_step_closer_does_not_hold_them_with_a_margin(points):
    dots = [Dot(number, *at) for number, at in enumerate(points)]
    window = fitting(dots)
    assert all(window.holds(dot) for dot in dots)
    assert sum(part.count for part in quarters(window, dots)) == len(dots)


@given(DEGREES, st.integers(0, 9), st.floats(-1, 1), st.floats(-1, 1))
def test_nobody_walks_off_the_map(at, zoom, north, east):
    window = Window(*at, zoom).moved(north, east)
    assert 50.6 <= window.latitude <= 53.7
    assert 3.1 <= window.longitude <= 7.5


def test_a_quarter_leads_to_a_window_that_shows_it():
    dots = [Dot(1, 53.2, 6.5, "Noord"), Dot(2, 53.1, 6.6, "Noord"), Dot(3, 50.9, 5.7, "Zuid")]
    parts = quarters(Window(), dots)
    assert [(part.count, part.place) for part in parts] == [(2, "Noord"), (1, "Zuid")]
    assert all(parts[0].window.holds(dot) for dot in dots[:2])


def test_dots_in_one_place_are_one_point_of_the_path():
    assert path(Window(), [Dot(1, 52.15, 5.3), Dot(2, 52.15, 5.3)]) == "M500 575h0"


def test_the_scale_is_round_and_no_wider_than_a_quarter():
    for zoom in range(10):
        size, width = scale_bar(Window(zoom=zoom))
        assert re.fullmatch("[125]0*", str(size))
        assert width <= 250 or size == 1


def test_pupils_of_all_locations_add_up_and_withheld_numbers_are_said():
    found = bars([(2023, 100), (2023, 50), (2024, 300), (2024, None), (2025, None)])
    assert found == [
        YearBar(2023, 150, False, 50),
        YearBar(2024, 300, True, 100),
        YearBar(2025, None, True, 0),
    ]
    assert (bars([]), bars([(2025, 0)])) == ([], [YearBar(2025, 0, False, 0)])
    assert [bar.year for bar in bars((year, 1) for year in range(1996, 2026))] == list(range(2011, 2026))


def at(school, latitude, longitude):
    school.locations.update(latitude=latitude, longitude=longitude)
    return school


@pytest.mark.django_db
class TestWhatIsSeen:
    def test_a_location_without_a_point_stands_in_its_postcode_area_or_is_counted(self):
        PostcodeArea.objects.create(code="1234", place="Aardorp", latitude=52.5, longitude=5.5)
        school, nowhere = a_school(), a_school()
        school.locations.update(postcode="1234 AB")
        found = seen(a_person(), SchoolFilter(), None, TODAY)
        assert [(dot.latitude, dot.longitude) for dot in found.dots] == [(52.5, 5.5)]
        assert (found.found, found.without_point) == (1, 1)
        assert (point_of(school), point_of(nowhere)) == ((52.5, 5.5), None)

    def test_who_takes_part_is_marked_only_for_who_may_see_it(self):
        mine, other = at(a_school(), 52, 5), at(a_school(), 52.1, 5.1)
        for school in (mine, other):
            a_participation(school, Stage.YEAR_1)
        coach = a_role(Role.EXPERT_COACH, school=mine).person
        assert sum(dot.is_marked for dot in seen(coach, SchoolFilter(), None, TODAY).dots) == 1
        assert sum(dot.is_marked for dot in seen(a_person(), SchoolFilter(), None, TODAY).dots) == 0
        central = a_role(Role.CENTRAL_TEAM).person
        assert sum(dot.is_marked for dot in seen(central, SchoolFilter(), None, TODAY).dots) == 2

    def test_closed_locations_are_not_on_the_map(self):
        school = at(a_school(), 52, 5)
        a_location(school, latitude=52.2, longitude=5.2, closed_date=TODAY)
        assert len(seen(a_person(), SchoolFilter(), None, TODAY).dots) == 1

    def test_the_nearest_schools_come_first_each_once(self):
        school = at(a_school(name="Hier"), 52, 5)
        at(a_school(name="Ver"), 52.2, 5)
        near = at(a_school(name="Dichtbij"), 52.1, 5)
        a_location(near, latitude=52.01, longitude=5)
        at(a_school(name="Te ver"), 53, 5)
        at(a_school(name="Weg", closed_date=TODAY), 52, 5)
        found = neighbours(school, (52, 5))
        assert [(each.school.name, round(each.km, 1)) for each in found] == [("Dichtbij", 1.1), ("Ver", 22.2)]


@pytest.fixture
def reader(client, monkeypatch, db):
    monkeypatch.setattr("leerkracht.accounts.middleware.needs_second_factor", lambda person: False)
    client.force_login(a_person())
    return client


def look(reader, **query):
    return reader.get(reverse("organisations:school-map"), query)


def many(count):
    body = a_governing_body()
    for number in range(count):
        at(a_school(body, name=f"Stip {number:03d}"), 51.5 + number * 0.003, 5 + number * 0.002)


def test_few_dots_are_links_with_the_numbers_of_the_table(reader):
    school = at(a_school(name="De Regenboog", place="Aardorp"), 52, 5)
    page = look(reader).content.decode()
    link = reverse("organisations:school", args=[school.pk])
    assert f'<a href="{link}" aria-label="1. De Regenboog, Aardorp" data-spot>' in page
    assert '<td class="figure">1</td>' in page


def test_many_dots_are_one_path_and_quarters_that_lead_closer(reader):
    many(60)
    page = look(reader)
    assert page.content.decode().count('<path class="map-others"') == 1
    parts = page.context["parts"]
    assert sum(part.count for part, _href in parts) == 60
    closer = reader.get(reverse("organisations:school-map") + parts[0][1])
    assert closer.context["seen"].window.zoom == 2
    assert len(closer.context["seen"].dots) >= parts[0][0].count


@pytest.mark.parametrize("at", ["", "x", "1,2", "52,5,x", "nan,nan,1", "900,900,99", "52,5,-3", "inf,5,2"])
def test_a_window_that_makes_no_sense_is_the_country_or_its_nearest_part(reader, at):
    many(2)
    answer = look(reader, at=at)
    assert answer.status_code == 200
    assert 0 <= answer.context["seen"].window.zoom <= 9


def test_three_hundred_dots_cost_as_many_queries_as_three(reader):
    counts = []
    for more in (3, 297):
        many(more)
        with CaptureQueriesContext(connection) as asked:
            look(reader)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_a_school_page_shows_names_of_before_pupils_and_neighbours(reader):
    school = at(a_school(name="Hier"), 52, 5)
    at(a_school(name="Buurschool"), 52.01, 5)
    location = Location.objects.get(school=school)
    location.former_names.create(name="De Oude Naam", until_date=TODAY)
    location.pupil_counts.create(year=2024, pupils=120)
    location.pupil_counts.create(year=2025, is_few=True)
    page = reader.get(reverse("organisations:school", args=[school.pk])).content.decode()
    assert "De Oude Naam" in page
    assert "Buurschool" in page
    assert "1,1 km hemelsbreed" in page
    assert '<tr><th scope="row">2024</th><td class="figure">120</td></tr>' in page
    assert '<td class="figure">minder dan 5</td>' in page
    assert "?at=52.0000,5.0000,6" in page
