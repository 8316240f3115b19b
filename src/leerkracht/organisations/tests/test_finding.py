"""A school is found as people type: by old names, with typing errors, the likeliest first, and it says why."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from leerkracht.organisations.kernel.finding import Place, Reason, edits_allowed, nearest, pieces, reason
from leerkracht.organisations.models import FormerName, Province, PupilCount, Region, Role, SearchWord, Stage
from leerkracht.organisations.queries.schools import ALL, CLOSED, SchoolFilter, schools_found, shown
from leerkracht.organisations.services.school_facts import settle_school_facts

from .factories import TODAY, a_governing_body, a_location, a_participation, a_person, a_role, a_school

WORDS = ["regenboog", "regenkapel", "lyceum", "amsterdam", "aurora", "eik", "krijtlijn", "noorderlicht"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("regenbog", ["regenboog"]),  # a letter short
        ("regenbooog", ["regenboog"]),  # one too many
        ("rgeenboog", ["regenboog"]),  # two that changed places
        ("lyceun", ["lyceum"]),  # another letter
        ("noorderlcht", ["noorderlicht"]),
        ("noroderlihct", ["noorderlicht"]),  # two errors in a long word
        ("krjitl", ["krijtlijn"]),  # a mistyped beginning
        ("eit", []),  # too short to guess
        ("utrecht", []),
    ],
)
def test_the_nearest_known_word_is_meant(typed, meant):
    found = []
    for errors in range(1, edits_allowed(typed) + 1):
        known = [word for word in WORDS if any(piece in word for piece in pieces(typed, errors))]
        found = found or nearest(typed, known, errors)
    assert found == meant


@given(st.sampled_from(["noorderlicht", "regenboog", "lyceum"]), st.integers(1, 2), st.randoms(use_true_random=False))
def test_a_word_with_so_many_errors_keeps_a_piece_of_what_was_meant(meant, errors, chance):
    typed = meant
    for _error in range(errors):
        typed = mistyped(typed, chance)
    assume(OSA.distance(typed, meant) <= errors)  # an error inside an error may count for more than two
    assert any(piece in meant for piece in pieces(typed, errors))
    assert nearest(typed, [meant], errors) == [meant]


def mistyped(word, chance):
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + "x" + word[at:],
            word[:at] + "x" + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


@pytest.mark.parametrize(("word", "errors", "count"), [("aap", 1, 3), ("noorderlicht", 2, 5), ("a", 1, 1)])
def test_pieces_make_the_word_again(word, errors, count):
    assert ("".join(pieces(word, errors)), len(pieces(word, errors))) == (word, count)


def test_a_school_says_why_it_was_found_only_where_its_row_does_not():
    facts = {"name": "De Regenboog", "place": "Aardorp", "code": "99AA"}
    east = Place("99AA01", "De Boog Oost", "Elders")
    said = {
        words: reason(words, **facts, locations=[east], former=["Sint-Jan"])
        for words in ("regenboog aardorp", "99aa", "elders", "sint jan", "jan elders")
    }
    assert said == {
        "regenboog aardorp": Reason(),
        "99aa": Reason(),
        "elders": Reason(location=east),
        "sint jan": Reason(former_name="Sint-Jan"),
        "jan elders": Reason(),
    }


def names(person, wanted):
    return [row.name for row in schools_found(person, wanted, TODAY).schools]


@pytest.mark.django_db
class TestTheList:
    @pytest.fixture
    def person(self):
        return a_person()

    def test_the_likeliest_stands_first(self, person):
        for name, place in (
            ("Basisschool De Boogie", "Aardorp"),
            ("Aboog", "Aardorp"),
            ("Boog", "Aardorp"),
            ("De Linde", "Boog"),
            ("Boogaard", "Aardorp"),
        ):
            a_school(name=name, place=place)
        found = names(person, SchoolFilter(words="boog"))
        assert found == ["Boog", "Boogaard", "Basisschool De Boogie", "De Linde", "Aboog"]

    def test_a_code_beats_a_name(self, person):
        a_school(name="Lyceum 12ab", place="Aardorp")
        a_school(name="De Linde", code="12AB")
        assert names(person, SchoolFilter(words="12ab"))[0] == "De Linde"

    def test_a_typing_error_finds_what_was_meant_and_says_so(self, person):
        a_school(name="De Regenboog")
        settle_school_facts()
        found = schools_found(person, SchoolFilter(words="de regenbog"), TODAY)
        assert ([row.name for row in found.schools], found.wording.said) == (["De Regenboog"], "de regenboog")
        assert found.wording.is_corrected

    def test_what_some_school_is_called_is_never_corrected(self, person):
        a_school(name="De Boog", place="Aardorp")
        a_school(name="De Boom", place="Zeedorp")
        settle_school_facts()
        found = schools_found(person, SchoolFilter(words="boom aardorp"), TODAY)
        assert (list(found.schools), found.wording.is_corrected) == ([], False)

    @pytest.mark.parametrize("typed", ["sint jan", "st jan", "st. jan"])
    def test_what_is_written_in_full_or_short_is_one_word(self, person, typed):
        a_school(name="St. Jan")
        a_school(name="Sint Jan")
        a_school(name="Oostjansdal")
        assert set(names(person, SchoolFilter(words="sint jan"))) == {"St. Jan", "Sint Jan"}
        assert {"St. Jan", "Sint Jan"} <= set(names(person, SchoolFilter(words=typed)))

    def test_words_follow_the_schools(self, person):
        school = a_school(name="Boog", place="Aardorp", code="77XX")
        settle_school_facts()
        assert set(SearchWord.objects.values_list("word", flat=True)) == {"boog", "aardorp", "77xx"}
        school.search_text = "boom aardorp 77xx"
        school.save()
        settle_school_facts()
        assert set(SearchWord.objects.values_list("word", flat=True)) == {"boom", "aardorp", "77xx"}

    def test_an_old_name_finds_the_school(self, person):
        school = a_school(name="De Regenboog")
        FormerName.objects.create(location=school.locations.get(), name="Sint-Jan", until_date=date(2020, 8, 1))
        settle_school_facts()
        assert names(person, SchoolFilter(words="sint jan")) == ["De Regenboog"]

    def test_it_narrows_by_province_region_body_and_closing(self, person):
        utrecht = Province.objects.get_or_create(name="Utrecht")[0]
        utrecht.region = region = Region.objects.create(name="Proefregio")
        utrecht.save()
        body = a_governing_body()
        here, there = a_school(body, name="Hier"), a_school(name="Daar")
        here.locations.update(province="Utrecht")
        there.locations.update(province="Drenthe")
        gone = a_school(body, name="Weg", closed_date=date(2020, 8, 1))
        gone.locations.update(province="Utrecht", closed_date=date(2020, 8, 1))
        assert {
            "province": names(person, SchoolFilter(province="Drenthe")),
            "region": names(person, SchoolFilter(region=region.pk)),
            "region, all": names(person, SchoolFilter(region=region.pk, closed=ALL)),
            "closed": names(person, SchoolFilter(closed=CLOSED)),
            "body": names(person, SchoolFilter(body=body.pk)),
        } == {
            "province": ["Daar"],
            "region": ["Hier"],
            "region, all": ["Hier", "Weg"],
            "closed": ["Weg"],
            "body": ["Hier"],
        }

    def test_a_location_that_closed_does_not_keep_a_school_in_its_province(self, person):
        school = a_school(name="Hier")
        school.locations.update(province="Utrecht")
        a_location(school, province="Drenthe", closed_date=date(2020, 8, 1))
        assert names(person, SchoolFilter(province="Drenthe")) == []

    def test_a_stage_is_seen_and_narrowed_by_only_where_it_may(self, person):
        mine, other = a_school(name="Mijn"), a_school(name="Ander")
        for school in (mine, other):
            a_participation(school, Stage.YEAR_1)
        a_role(Role.EXPERT_COACH, person, school=mine)
        rows = shown(person, schools_found(person, SchoolFilter(), TODAY).schools, TODAY)
        assert {row.name: row.stage for row in rows} == {"Mijn": Stage.YEAR_1, "Ander": None}
        assert names(person, SchoolFilter(stage=Stage.YEAR_1)) == ["Mijn"]

    def test_pupils_sort_with_the_unknown_last_either_way(self, person):
        for name, pupils in (("Klein", 40), ("Groot", 900), ("Onbekend", None)):
            a_school(name=name, pupils=pupils)
        assert names(person, SchoolFilter(order="pupils")) == ["Klein", "Groot", "Onbekend"]
        assert names(person, SchoolFilter(order="-pupils")) == ["Groot", "Klein", "Onbekend"]


@pytest.fixture
def reader(client, monkeypatch, db):
    monkeypatch.setattr("leerkracht.accounts.middleware.needs_second_factor", lambda person: False)
    client.force_login(a_person())
    return client


def test_three_hundred_schools_cost_as_many_queries_as_three(reader):
    counts = []
    for more in (3, 297):
        for number in range(more):
            school = a_school(name=f"De Boog {more} {number}", place="Aardorp")
            FormerName.objects.create(location=school.locations.get(), name="Oud", until_date=date(2020, 8, 1))
        settle_school_facts()
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(reverse("organisations:schools"), {"q": "oud boog"}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_says_what_it_took_the_words_for(reader):
    a_school(name="De Regenboog")
    settle_school_facts()
    page = reader.get(reverse("organisations:schools"), {"q": "regenbog"}).content.decode()
    assert "Geen school heet ‘regenbog’. Bedoelde je dit?" in page
    assert ">De Regenboog</a>" in page


def test_nonsense_in_the_address_is_no_filter(reader):
    a_school(name="De Regenboog")
    nonsense = {"where": "province:Nergens", "sector": "X", "stage": "X", "closed": "X", "body": "x", "sort": "x"}
    assert ">De Regenboog</a>" in reader.get(reverse("organisations:schools"), nonsense).content.decode()


def test_the_file_holds_what_the_list_holds(reader):
    a_school(name="De Regenboog", pupils=120, pupils_year=2025)
    a_school(name="Het Lyceum")
    answer = reader.get(reverse("organisations:schools"), {"q": "regenboog", "export": "csv"})
    head, *lines = answer.content.decode("utf-8-sig").strip().splitlines()
    assert head.split(";")[-2:] == ["leerlingen", "teldatum"]
    assert [line.split(";")[1] for line in lines] == ["De Regenboog"]
    assert lines[0].split(";")[-2] == "120"


def pupils_of(school, pupils):
    if pupils is not None:
        PupilCount.objects.create(location=school.locations.get(), year=2025, pupils=pupils)


class TestBodies:
    def test_a_body_is_found_by_name_or_number_and_says_its_schools_and_pupils(self, reader):
        body = a_governing_body(name="Stichting De Krijtlijn", number="41234")
        for pupils in (100, 50, None):
            pupils_of(a_school(body), pupils)
        pupils_of(a_school(body, closed_date=date(2020, 8, 1)), 7)
        a_governing_body(name="Vereniging Elders")
        settle_school_facts()
        for words in ("krijtl", "4123"):
            answer = reader.get(reverse("organisations:bodies"), {"q": words, "export": "csv"})
            lines = answer.content.decode("utf-8-sig").strip().splitlines()[1:]
            assert [line.split(";")[:4] for line in lines] == [["41234", "Stichting De Krijtlijn", "3", "150"]]

    def test_bodies_sort_and_the_closed_wait_to_be_asked_for(self, reader):
        large, small = a_governing_body(name="Groot"), a_governing_body(name="Klein")
        a_governing_body(name="Weg", closed_date=date(2020, 8, 1))
        for body, schools in ((large, 3), (small, 1)):
            for _number in range(schools):
                a_school(body)
        settle_school_facts()

        def listed(**query):
            page = reader.get(reverse("organisations:bodies"), query).context["page"]
            return [body.name for body in page.object_list]

        assert listed(sort="schools") == ["Klein", "Groot"]
        assert listed(sort="-schools") == ["Groot", "Klein"]
        assert listed(closed="only") == ["Weg"]

    def test_bodies_with_the_words_stand_above_the_schools(self, reader):
        body = a_governing_body(name="Stichting De Krijtlijn")
        a_school(body, name="De Krijt")
        settle_school_facts()
        page = reader.get(reverse("organisations:schools"), {"q": "krijt"}).content.decode()
        assert f'<a href="{reverse("organisations:body", args=[body.pk])}">Stichting De Krijtlijn</a>' in page
