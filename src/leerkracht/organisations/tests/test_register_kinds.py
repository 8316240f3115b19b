"""The other lists of the register: what each adds, what it leaves alone; the order of the files does not matter."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.organisations.kernel.register import UnknownFile, read
from leerkracht.organisations.models import (
    FormerName,
    GoverningBody,
    Location,
    PostcodeArea,
    Province,
    PupilCount,
    RegisterImport,
    School,
    SchoolGovernance,
)
from leerkracht.organisations.services.register import Source, import_register
from leerkracht.organisations.services.register.locations import LocationWriter

from .factories import NOW
from .test_register_kernel import file_of, line

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
LATER = NOW + timedelta(days=30)
PUPILS = "INSTELLINGSCODE;VESTIGINGSCODE;NAAM_VESTIGING;LEERLINGEN_2024;LEERLINGEN_2025"
POINTS = (
    "naam,type,denominatie,internetadres,straat,huisnummer,huisletter,huisnummertoevoeging,postcode,plaats,gemeente,"
    "provincie,brin_nummer,vestigingscode,onderwijsgebied,leerlingen,lon,lat"
)
LYCEUM = "Het Lyceum,HAVO/VWO,Openbaar, ,Kade,4,B,2,9999XX,Voorbeeldstad,VOORBEELDSTAD,Drenthe,98VO,98VO00,x,,6.5,52.9"


def of_lines(*lines):
    return "\r\n".join([*lines, ""]).encode()


def take_in(raw, *, sector="PO", now=NOW):
    return import_register(source=Source(read(raw), sector), by=THE_SYSTEM, now=now)


def counts(outcome):
    return (outcome.new, outcome.changed, outcome.closed, outcome.moved, len(outcome.refused))


def reasons(outcome):
    return [(row.line, str(row.refusal)) for row in outcome.refused]


@pytest.fixture
def school():
    take_in(file_of(line()))
    return School.objects.get()


def test_pupils_are_numbers_or_few_and_years_without_pupils_are_left_out(school):
    outcome = take_in(of_lines(PUPILS, '99AA;99AA00;"BS """"De Regenboog""""";0;<5'))
    assert counts(outcome) == (1, 0, 0, 0, 0)
    assert list(PupilCount.objects.values_list("year", "pupils", "is_few")) == [(2025, None, True)]


def test_a_later_list_of_pupils_changes_only_what_differs(school):
    take_in(of_lines(PUPILS, "99AA;99AA00;x;210;214"))
    again = take_in(of_lines(PUPILS, "99AA;99AA00;x;210;214"), now=LATER)
    later = take_in(of_lines(f"{PUPILS};LEERLINGEN_2026", "99AA;99AA00;x;210;0;220"), now=LATER)
    assert (counts(again), counts(later)) == ((0, 0, 0, 0, 0), (0, 1, 0, 0, 0))
    assert list(PupilCount.objects.order_by("year").values_list("year", "pupils")) == [
        (2024, 210),
        (2025, 0),
        (2026, 220),
    ]
    school.refresh_from_db()
    assert (school.pupils, school.pupils_year) == (220, 2026)


def test_pupils_of_who_closed_long_ago_are_passed_over_and_of_an_unknown_open_school_refused(school):
    outcome = take_in(of_lines(PUPILS, "98AA;98AA00;x;12;0", "98AB;98AB00;x;12;11", "99AA;99AA00;x;veel;3"))
    assert (outcome.passed_over, outcome.rows) == (1, 3)
    assert reasons(outcome) == [
        (3, "Vestiging 98AB00 staat niet in het register. Lees eerst de lijst in waar deze school in staat."),
        (4, "Het aantal leerlingen in 2024 is ‘veel’. Het moet een getal zijn, of <5."),
    ]
    assert not PupilCount.objects.exists()


def test_coordinates_are_added_to_a_known_location_and_leave_its_address_alone(school):
    outcome = take_in(
        of_lines(POINTS, LYCEUM.replace("98VO", "99AA").replace("HAVO/VWO", "basisschool").replace("Kade", "Elders"))
    )
    location = Location.objects.get()
    assert counts(outcome) == (0, 1, 0, 0, 0)
    assert (location.latitude, location.longitude, location.kind, location.street) == (
        52.9,
        6.5,
        "basisschool",
        "Dorpsstraat",
    )


def test_a_sector_without_a_complete_list_gets_its_schools_from_the_geocoded_one(school):
    outcome = take_in(of_lines(POINTS, LYCEUM))
    found = Location.objects.get(code="98VO00")
    assert counts(outcome) == (1, 0, 0, 0, 0)
    assert (found.school.sector, found.house_number, found.postcode, found.holiday_region) == (
        "VO",
        "4B 2",
        "9999 XX",
        "NOORD",
    )
    assert found.school.search_text == "het lyceum voorbeeldstad 98vo00"
    assert not SchoolGovernance.objects.filter(school=found.school).exists()
    assert counts(take_in(of_lines(POINTS, LYCEUM), now=LATER)) == (0, 0, 0, 0, 0)


def test_a_second_location_of_a_known_school_comes_with_its_own_row(school):
    take_in(of_lines(POINTS, LYCEUM))
    take_in(of_lines(POINTS, LYCEUM, LYCEUM.replace("98VO00", "98VO01").replace("Lyceum", "Bijgebouw")), now=LATER)
    found = School.objects.get(code="98VO")
    assert (found.name, found.locations.count()) == ("Het Lyceum", 2)
    assert found.search_text == "het lyceum voorbeeldstad 98vo00 het bijgebouw 98vo01"


def test_an_old_geocoded_list_brings_no_closed_school_back(school):
    gone = LYCEUM.replace("98VO", "98AA").replace("HAVO/VWO", "basisschool")
    assert reasons(take_in(of_lines(POINTS, gone))) == [
        (2, "Vestiging 98AA00 staat niet in de lijst met schoolvestigingen; daarom voegen we haar niet toe.")
    ]
    assert School.objects.count() == 1


def test_rows_that_name_a_location_again_count_once():
    outcome = take_in(of_lines(POINTS, LYCEUM, LYCEUM.replace("6.5", "6.6"), LYCEUM.replace("6.5", "6.7")))
    assert (outcome.rows, outcome.repeated, counts(outcome)) == (3, 2, (1, 0, 0, 0, 0))
    assert Location.objects.get().longitude == 6.5


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ("52.9", "48.9", "Het punt 48.9, 6.5 ligt niet in Nederland."),
        ("52.9", "ver", "De coördinaten ‘ver, 6.5’ zijn geen getallen."),
        ("52.9", "nan", "Het punt nan, 6.5 ligt niet in Nederland."),
        ("HAVO/VWO", "zwemles", "Het soort school ‘zwemles’ kennen we niet."),
    ],
)
def test_a_wrong_row_of_a_geocoded_list_is_refused_alone(was, becomes, reason):
    outcome = take_in(of_lines(POINTS, LYCEUM.replace(was, becomes), LYCEUM.replace("98VO", "98VP")))
    assert (outcome.new, reasons(outcome)) == (1, [(2, reason)])


def test_postcodes_get_their_middle_and_points_abroad_are_refused():
    first = take_in(of_lines("pc4,city,lat,lon", "1000,Amsterdam,52.3777,4.9055", "1940,Beverwijk,50.1,4.6"))
    again = take_in(of_lines("pc4,city,lat,lon", "1000,Amsterdam,52.3778,4.9055"), now=LATER)
    assert reasons(first) == [(3, "Het punt 50.1, 4.6 ligt niet in Nederland.")]
    assert (counts(first), counts(again)) == ((1, 0, 0, 0, 1), (0, 1, 0, 0, 0))
    assert PostcodeArea.objects.get().latitude == 52.3778


@pytest.mark.parametrize(
    "head", ["BEVOEGD GEZAG NUMMER;BEVOEGD GEZAG NAAM", "bevoegd_gezag_nummer;naam", "nummer;bestuursnaam"]
)
def test_governing_bodies_get_their_names(school, head):
    outcome = take_in(of_lines(head, "90001;Stichting De Brug", "90009;Elders", "x;y", "90001;Nog eens"))
    assert (outcome.new, outcome.passed_over, [row.line for row in outcome.refused]) == (1, 1, [4, 5])
    assert GoverningBody.objects.get().name == "Stichting De Brug"
    assert counts(take_in(of_lines(head, "90001;De Nieuwe Brug"), now=LATER)) == (0, 1, 0, 0, 0)


def test_vocational_institutions_become_schools_and_none_of_them_closes():
    head = "INSTELLINGSCODE;INSTELLINGSNAAM;BEVOEGD GEZAG NUMMER;PLAATSNAAM;PROVINCIE"
    both = take_in(of_lines(head, "97MB;ROC De Werf;90003;VOORBEELDSTAD;Zeeland", "97MC;ROC De Kade;;VOORBEELDSTAD;"))
    one = take_in(of_lines("INSTELLINGSCODE;INSTELLINGSNAAM", "97MB;ROC De Dijk"), now=LATER)
    assert (counts(both), counts(one)) == ((2, 0, 0, 0, 0), (0, 1, 0, 0, 0))
    found = School.objects.get(code="97MB")
    assert (found.sector, found.name, found.closed_date) == ("MBO", "ROC De Dijk", None)
    assert found.governances.get(to_date=None).governing_body.number == "90003"
    assert (found.locations.get().place, found.locations.get().holiday_region) == ("Voorbeeldstad", "ZUID")
    assert list(FormerName.objects.values_list("name", flat=True)) == ["ROC De Werf"]
    assert School.objects.filter(closed_date=None).count() == 2


def test_every_province_of_the_register_gets_its_row():
    take_in(file_of(line(PROVINCIE="Nieuwland")))
    assert Province.objects.filter(name="Nieuwland", region=None).exists()


def test_files_in_any_order_end_alike_and_each_is_answered_in_the_order_given(tmp_path):
    files = {
        "leerlingen.csv": of_lines(PUPILS, "99AA;99AA00;x;210;214", "98VO;98VO00;x;1;900"),
        "namen.csv": of_lines("nummer;naam", "90001;Stichting De Brug"),
        "punten.csv": of_lines(POINTS, LYCEUM),
        "fout.csv": b"iets;anders\r\n1;2\r\n",
        "vestigingen.csv": file_of(line()),
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    out = StringIO()
    with pytest.raises(CommandError, match=r"fout\.csv"):
        call_command("import_register", *(str(tmp_path / name) for name in files), "--json", stdout=out)
    reports = [json.loads(text) for text in out.getvalue().splitlines()]
    assert [(r["file"], r["kind"], r["new"], len(r["refused"])) for r in reports] == [
        ("leerlingen.csv", "pupils", 2, 0),
        ("namen.csv", "bodies", 1, 0),
        ("punten.csv", "coordinates", 1, 0),
        ("fout.csv", None, 0, 1),
        ("vestigingen.csv", "locations", 1, 0),
    ]
    assert RegisterImport.objects.count() == 4


@pytest.mark.parametrize("place", ["_write_governance", "_write_locations", "_close", "_settle_bodies"])
def test_a_crash_at_any_step_leaves_the_file_wholly_out(monkeypatch, school, place):
    before = [list(model.objects.order_by("pk").values()) for model in (School, Location, SchoolGovernance)]
    monkeypatch.setattr(LocationWriter, place, lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in(file_of(line(INSTELLINGSCODE="99AB", VESTIGINGSCODE="99AB00")), now=LATER)
    assert [list(model.objects.order_by("pk").values()) for model in (School, Location, SchoolGovernance)] == before


def test_a_crash_after_the_pupils_leaves_none(school):
    def break_down(done, total):
        raise RuntimeError("stekker eruit")

    source = Source(read(of_lines(PUPILS, "99AA;99AA00;x;210;214")))
    with pytest.raises(RuntimeError):
        import_register(source=source, by=THE_SYSTEM, now=LATER, progress=break_down)
    assert not PupilCount.objects.exists()


@given(st.sampled_from([PUPILS, POINTS, "pc4,city,lat,lon", "nummer;naam"]), st.lists(st.text(max_size=90), max_size=5))
def test_any_lines_under_any_known_header_are_read_or_refused(head, lines):
    try:
        file = read("\n".join([head, *lines]).encode())
    except UnknownFile:
        return
    numbers = [row.line for row in file.refused]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.skipif(not SHARED.exists(), reason="the published lists are not beside the project")
def test_the_published_lists_go_in_together():
    (locations,) = SHARED.glob("duo-bo-locations-*/*.csv")
    (points,) = SHARED.glob("schools-geo-*/*.csv")
    outcomes = [take_in(path.read_bytes()) for path in (locations, points)]
    assert [(o.rows, o.new, o.repeated, len(o.refused)) for o in outcomes] == [(6107, 6107, 0, 0), (8717, 2507, 95, 63)]
    assert Location.objects.exclude(latitude=None).count() == 6052 + 2507
