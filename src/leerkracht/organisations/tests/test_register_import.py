"""Taking a register in: what stands in the database afterwards, and what does not."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.organisations.kernel.register import read
from leerkracht.organisations.models import FormerName, GoverningBody, Identifier, Location, School, SchoolGovernance
from leerkracht.organisations.rules.register import TooManyClosed
from leerkracht.organisations.services.register import Source, import_register, preview_register

from .factories import NOW, TODAY
from .test_register_kernel import file_of, line

pytestmark = pytest.mark.django_db
REAL = (
    Path(__file__).resolve().parents[5]
    / "shared/data/duo-bo-locations-2026-04/02.-alle-schoolvestigingen-basisonderwijs.csv"
)
LATER = NOW + timedelta(days=30)
STER = {"INSTELLINGSCODE": "99AB", "VESTIGINGSCODE": "99AB00", "VESTIGINGSNAAM": "De Ster"}


def take_in(*lines, sector="PO", now=NOW):
    return import_register(source=Source(read(file_of(*lines)), sector), by=THE_SYSTEM, now=now)


def test_a_file_makes_bodies_schools_locations_relations_and_identifiers():
    take_in(line(), line(VESTIGINGSCODE="99AA01", VESTIGINGSNAAM="De Regenboog, dependance"))
    school = School.objects.get()
    assert (school.code, school.name, school.sector) == ("99AA", "De Regenboog", "PO")
    assert school.search_text == "de regenboog voorbeeldstad 99aa00 de regenboog dependance 99aa01"
    assert list(Location.objects.order_by("code").values_list("code", "place", "holiday_region")) == [
        ("99AA00", "Voorbeeldstad", "NOORD"),
        ("99AA01", "Voorbeeldstad", "NOORD"),
    ]
    assert SchoolGovernance.objects.get().governing_body.number == "90001"
    assert sorted(Identifier.objects.values_list("scheme", "value")) == [
        ("BEVOEGD_GEZAG", "90001"),
        ("BRIN", "99AA"),
        ("BRIN6", "99AA00"),
        ("BRIN6", "99AA01"),
    ]
    assert AuditEntry.objects.get().act == "organisations.register_imported"


def test_a_second_time_changes_nothing(django_assert_num_queries):
    take_in(line())
    before = list(Location.objects.values())
    result = take_in(line(), now=LATER)
    assert (result.new, result.changed, result.closed, result.moved) == (0, 0, 0, 0)
    assert list(Location.objects.values()) == before


def test_a_changed_name_is_changed_in_place_and_the_old_one_is_remembered():
    take_in(line())
    result = take_in(line(VESTIGINGSNAAM="Het Kompas"), now=LATER)
    assert (result.new, result.changed, result.moved) == (0, 1, 0)
    assert (School.objects.get().name, Location.objects.get().name) == ("Het Kompas", "Het Kompas")
    assert list(FormerName.objects.values_list("name", "until_date")) == [("De Regenboog", date(2026, 12, 23))]
    assert School.objects.get().former_text == "de regenboog"


def test_who_is_absent_is_closed_and_kept():
    take_in(line(), line(**STER))
    result = take_in(line(), now=LATER)
    assert result.closed == 1
    gone = School.objects.get(code="99AB")
    assert gone.closed_date == date(2026, 12, 23)
    assert gone.locations.get().closed_date == date(2026, 12, 23)
    assert gone.governances.get().to_date == date(2026, 12, 23)
    assert not Identifier.objects.filter(value__startswith="99AB", to_date=None).exists()


def test_who_returns_is_open_again():
    take_in(line(), line(**STER))
    take_in(line(), now=LATER)
    result = take_in(line(), line(**STER), now=LATER + timedelta(days=30))
    assert (result.new, result.changed) == (0, 1)
    back = School.objects.get(code="99AB")
    assert (back.closed_date, back.locations.get().closed_date) == (None, None)
    assert back.governances.filter(to_date=None).count() == 1
    assert Identifier.objects.filter(value__startswith="99AB", to_date=None).count() == 2


def test_a_move_to_another_body_keeps_the_history_and_closes_an_empty_body():
    take_in(line())
    take_in(line(BEVOEGD_GEZAG_NUMMER="90002"), now=LATER)
    assert list(
        SchoolGovernance.objects.order_by("from_date").values_list("governing_body__number", "from_date", "to_date")
    ) == [("90001", TODAY, date(2026, 12, 23)), ("90002", date(2026, 12, 23), None)]
    assert list(GoverningBody.objects.order_by("number").values_list("closed_date", flat=True)) == [
        date(2026, 12, 23),
        None,
    ]


def test_a_file_of_one_sector_leaves_the_other_alone():
    take_in(line())
    take_in(line(**STER), sector="VO")
    assert School.objects.filter(closed_date=None).count() == 2


def test_a_file_that_would_close_the_country_is_refused_whole():
    lines = [line(INSTELLINGSCODE=f"9{n:03d}", VESTIGINGSCODE=f"9{n:03d}00") for n in range(120)]
    take_in(*lines)
    with pytest.raises(TooManyClosed, match="noemt 119 van de 120 open vestigingen niet"):
        take_in(lines[0], now=LATER)
    assert Location.objects.filter(closed_date=None).count() == 120


def test_a_crash_halfway_leaves_nothing(monkeypatch):
    take_in(line())

    def break_down(done, total):
        raise RuntimeError("stekker eruit")

    with pytest.raises(RuntimeError):
        import_register(source=Source(read(file_of(line(**STER))), "PO"), by=THE_SYSTEM, now=LATER, progress=break_down)
    assert list(School.objects.values_list("code", "closed_date")) == [("99AA", None)]


def test_a_preview_writes_nothing():
    assert preview_register(source=Source(read(file_of(line())), "PO")).new == 1
    assert not School.objects.exists()


@pytest.fixture
def run(tmp_path):
    def command(content, *options):
        path = tmp_path / "vestigingen.csv"
        path.write_bytes(content)
        out = StringIO()
        call_command("import_register", str(path), *options, stdout=out)
        return out.getvalue()

    return command


def test_the_command_answers_one_object_per_file(run):
    report = json.loads(run(file_of(line(), line(**STER, POSTCODE="fout")), "--json"))
    assert report == {
        "file": "vestigingen.csv",
        "kind": "locations",
        "rows": 2,
        "new": 1,
        "changed": 0,
        "closed": 0,
        "moved": 0,
        "refused": [{"line": 3, "reason": "De postcode ‘FOUT’ klopt niet: het zijn vier cijfers en twee letters."}],
    }


def test_the_command_in_sentences(run):
    assert run(file_of(line())) == (
        "vestigingen.csv: 1 vestigingen; 1 nieuw, 0 gewijzigd, 0 gesloten, 0 naar een ander bestuur, 0 geweigerd.\n"
    )


def test_a_dry_run_says_it_all_and_writes_nothing(run):
    assert json.loads(run(file_of(line()), "--json", "--dry-run"))["new"] == 1
    assert not School.objects.exists()


def test_a_file_of_another_kind_ends_with_an_error_and_its_reason(run, capsys):
    with pytest.raises(CommandError) as error:
        run(b"naam;plaats\n")
    assert error.value.returncode == 1


def test_a_file_that_is_not_there_is_said_in_words():
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_register", str(Path("nergens.csv")), stdout=out)
    assert out.getvalue() == (
        "nergens.csv: niet ingelezen.\n  regel 1: Dit bestand is er niet, of we mogen het niet lezen.\n"
    )


@pytest.mark.skipif(not REAL.exists(), reason="the published register is not beside the project")
def test_the_published_register_goes_in_whole_and_a_later_month_changes_only_what_changed():
    raw = REAL.read_bytes()
    first = import_register(source=Source(read(raw), "PO"), by=THE_SYSTEM, now=NOW)
    assert (first.new, len(first.refused), GoverningBody.objects.count()) == (6107, 0, 748)
    lines = raw.decode("cp1252").split("\r\n")
    lines[5] = lines[5].replace(";32073;", ";20091;", 1)
    new = [lines[1].replace("32JK", f"99{n:02d}") for n in range(17)]
    later = "\r\n".join([*lines[:2], *lines[4:], *new]).encode("cp1252")
    second = import_register(source=Source(read(later), "PO"), by=THE_SYSTEM, now=LATER)
    counts = (second.new, second.changed, second.closed, second.moved, len(second.refused))
    assert counts == (17, 0, 2, 1, 0)
