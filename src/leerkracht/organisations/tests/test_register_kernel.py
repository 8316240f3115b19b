"""Reading a register file: what is read, what is refused and why, and that nothing makes it stumble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkracht.organisations.kernel.register import (
    EXPECTED,
    KnownLocation,
    KnownSchool,
    Snapshot,
    UnknownFile,
    folded,
    place_name,
    plan,
    read,
)

HEADER = ";".join(EXPECTED)
GOOD = {
    "PROVINCIE": "Drenthe",
    "BEVOEGD GEZAG NUMMER": "90001",
    "INSTELLINGSCODE": "99AA",
    "VESTIGINGSCODE": "99AA00",
    "VESTIGINGSNAAM": "De Regenboog",
    "STRAATNAAM": "Dorpsstraat",
    "HUISNUMMER-TOEVOEGING": "1",
    "POSTCODE": "9999 XX",
    "PLAATSNAAM": "VOORBEELDSTAD",
    "GEMEENTENAAM": "VOORBEELDSTAD",
    "DENOMINATIE": "Openbaar",
    "TELEFOONNUMMER": " ",
    "INTERNETADRES": " ",
    "VAKANTIEREGIO": "Noord",
}
NOTHING = Snapshot({}, {})


def line(**changes):
    return ";".join({**GOOD, **{name.replace("_", " "): value for name, value in changes.items()}}.values())


def file_of(*lines, encoding="cp1252", end="\r\n"):
    return end.join([HEADER, *lines, ""]).encode(encoding)


def reasons(raw):
    return [(refused.line, str(refused.refusal)) for refused in read(raw).refused]


def known_from(raw, sector="PO"):
    rows = read(raw).rows
    locations = {row.code: KnownLocation(row.code, row.school_code, True, row.facts()) for row in rows}
    planned = plan(read(raw), NOTHING, sector=sector)
    schools = {s.code: KnownSchool(s.code, s.name, sector, s.body, s.search_text, True) for s in planned.schools}
    return Snapshot(locations, schools)


def test_a_row_is_read_with_a_single_space_as_empty():
    (row,) = read(file_of(line())).rows
    assert (row.line, row.code, row.school_code, row.body, row.phone) == (2, "99AA00", "99AA", "90001", "")
    assert (row.place, row.holiday_region) == ("Voorbeeldstad", "NOORD")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_encoding_and_line_end_reads_alike(encoding, end):
    (row,) = read(file_of(line(VESTIGINGSNAAM="’t Kompas é"), encoding=encoding, end=end)).rows
    assert row.name == "’t Kompas é"


def test_columns_may_stand_in_another_order_and_number():
    columns = ["EXTRA", *reversed(EXPECTED)]
    cells = ["iets", *(GOOD[column] for column in reversed(EXPECTED))]
    (row,) = read(f"{';'.join(columns)}\n{';'.join(cells)}".encode()).rows
    assert row.name == "De Regenboog"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"INSTELLINGSCODE": "9A"}, "De instellingscode ‘9A’ klopt niet: het zijn vier cijfers of letters."),
        (
            {"VESTIGINGSCODE": "98AA00"},
            "De vestigingscode ‘98AA00’ klopt niet: het is de instellingscode met twee cijfers erachter.",
        ),
        (
            {"BEVOEGD_GEZAG_NUMMER": "x"},
            "Het nummer van het bestuur ‘x’ klopt niet: het zijn drie tot zes cijfers.",
        ),
        ({"VESTIGINGSNAAM": " "}, "De naam van de vestiging ontbreekt."),
        ({"POSTCODE": "12 AB"}, "De postcode ‘12 AB’ klopt niet: het zijn vier cijfers en twee letters."),
        ({"VAKANTIEREGIO": "Oost"}, "De vakantieregio ‘Oost’ kennen we niet: het is Noord, Midden of Zuid."),
        ({"STRAATNAAM": "a" * 121}, "‘aaaaaaaaaaaaaaaaaaaa…’ is te lang: er passen 120 tekens."),
        ({"VESTIGINGSNAAM": "x\x00y"}, "De regel bevat tekens die we niet kunnen lezen."),
    ],
)
def test_a_mistake_refuses_its_own_line_with_the_reason_and_goes_on(changes, reason):
    raw = file_of(line(**changes), line())
    assert reasons(raw) == [(2, reason)]
    assert [row.line for row in read(raw).rows] == [3]


def test_too_few_columns_and_a_stray_quote_spoil_one_line_only():
    raw = file_of("Drenthe;90001", line(VESTIGINGSNAAM='"De Regenboog'), line())
    assert [number for number, _ in reasons(raw)] == [2, 3]
    assert reasons(raw)[0][1] == "De regel heeft 2 kolommen; de eerste regel heeft er 14."
    assert len(read(raw).rows) == 1


def test_a_doubled_quote_is_one_quote():
    (row,) = read(file_of(line(VESTIGINGSNAAM='"School ""De Ster"""'))).rows
    assert row.name == 'School "De Ster"'


def test_a_location_listed_twice_counts_once():
    assert reasons(file_of(line(), line())) == [
        (3, "Vestiging 99AA00 staat ook op regel 2. Die regel telt, deze niet.")
    ]


def test_a_school_with_two_governing_bodies_is_refused_from_the_second_on():
    raw = file_of(line(), line(VESTIGINGSCODE="99AA01", BEVOEGD_GEZAG_NUMMER="90002"))
    assert reasons(raw) == [(3, "School 99AA staat hierboven bij bestuur 90001 en hier bij 90002. Het is er één.")]


def test_an_unknown_header_says_what_was_expected():
    with pytest.raises(UnknownFile) as refusal:
        read(b"naam;plaats\r\nx;y")
    assert str(refusal.value).endswith(
        f"Verwacht, met puntkomma’s ertussen: {', '.join(EXPECTED)}. Niet gevonden: {', '.join(EXPECTED)}."
    )


def test_a_file_of_another_kind_is_named():
    with pytest.raises(UnknownFile, match="leerlingaantallen"):
        read(b"INSTELLINGSCODE;AANTAL LEERLINGEN 2025\r\n99AA;5")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04rest", "Dit is een zip- of Excel-bestand. Pak het uit"),
        (b"%PDF-1.7", "Dit is een pdf."),
        (b"city,lat,lon\nDruten,51.8,5.6\n", "het midden van plaatsen"),
        (b"", "Niet gevonden: PROVINCIE"),
    ],
)
def test_a_file_given_by_mistake_is_refused_in_words(raw, words):
    with pytest.raises(UnknownFile, match=words):
        read(raw)


def test_quoted_commas_small_letters_and_underscores_read_alike():
    columns = ",".join(f'"{name.lower().replace(" ", "_")}"' for name in EXPECTED)
    cells = ",".join(f'"{GOOD[name]}"' for name in EXPECTED).replace("99AA", "99aa")
    (row,) = read(f"\ufeff{columns}\n{cells}\n".encode()).rows
    assert (row.code, row.name, row.phone) == ("99AA00", "De Regenboog", "")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw):
    with pytest.raises(UnknownFile):
        read(raw)


@given(st.lists(st.text(max_size=120), max_size=6))
def test_any_lines_under_a_good_header_never_crash(lines):
    file = read(file_of(*lines, line(), encoding="utf-8"))
    assert file.rows[-1].name == "De Regenboog"
    assert len({refused.line for refused in file.refused}) == len(file.refused)


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in EXPECTED}))
def test_any_cells_are_a_row_or_one_reason(cells):
    raw = file_of(";".join({**GOOD, **cells}.values()), encoding="utf-8")
    file = read(raw)
    planned = plan(file, NOTHING, sector="PO")
    assert len(planned.new) == len(file.rows)


def test_the_first_time_everything_is_new():
    planned = plan(read(file_of(line(), line(VESTIGINGSCODE="99AA01"))), NOTHING, sector="PO")
    assert [row.code for row in planned.new] == ["99AA00", "99AA01"]
    assert [(school.code, school.name, school.body) for school in planned.schools] == [
        ("99AA", "De Regenboog", "90001")
    ]


def test_the_second_time_nothing_changes():
    raw = file_of(line(), line(VESTIGINGSCODE="99AA01"))
    assert plan(read(raw), known_from(raw), sector="PO").is_empty


def test_absent_closes_in_its_own_sector_only():
    known = known_from(file_of(line(), line(INSTELLINGSCODE="99AB", VESTIGINGSCODE="99AB00")))
    other = file_of(line())
    assert plan(read(other), known, sector="PO").closed == ["99AB00"]
    assert plan(read(other), known, sector="PO").closed_schools == ["99AB"]
    secondary = file_of(line(INSTELLINGSCODE="99AC", VESTIGINGSCODE="99AC00"))
    assert plan(read(secondary), known, sector="VO").closed == []


@pytest.mark.parametrize(("known_code", "read_code"), [("ZZAA", "99AA"), ("99AA", "ZZAA")])
def test_made_up_and_real_schools_do_not_close_each_other(known_code, read_code):
    known = known_from(file_of(line(INSTELLINGSCODE=known_code, VESTIGINGSCODE=f"{known_code}00")))
    other = file_of(line(INSTELLINGSCODE=read_code, VESTIGINGSCODE=f"{read_code}00"))
    assert plan(read(other), known, sector="PO").closed == []


def test_a_school_stays_open_while_one_location_does():
    known = known_from(file_of(line(), line(VESTIGINGSCODE="99AA01")))
    planned = plan(read(file_of(line())), known, sector="PO")
    assert (planned.closed, planned.closed_schools) == (["99AA01"], [])


def test_a_refused_row_does_not_close_its_location():
    known = known_from(file_of(line()))
    planned = plan(read(file_of(line(POSTCODE="fout"))), known, sector="PO")
    assert (len(planned.refused), planned.closed) == (1, [])


def test_another_governing_body_is_a_move_and_not_a_change():
    known = known_from(file_of(line()))
    planned = plan(read(file_of(line(BEVOEGD_GEZAG_NUMMER="90002"))), known, sector="PO")
    assert [row.code for row in planned.moved] == ["99AA00"]
    assert (planned.changed, planned.new, planned.moved_schools) == ([], [], {"99AA": "90002"})


def test_a_school_of_another_sector_is_refused():
    known = known_from(file_of(line()))
    planned = plan(read(file_of(line())), known, sector="VO")
    assert [(r.line, str(r.refusal)) for r in planned.refused] == [
        (2, "School 99AA staat al in een andere sector (po). Kies de sector die bij dit bestand hoort.")
    ]


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("BERGEN OP ZOOM", "Bergen op Zoom"),
        ("'S-GRAVENHAGE", "'s-Gravenhage"),
        ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
        ("DEN HAAG", "Den Haag"),
        ("2E EXLOERMOND", "2e Exloermond"),
        ("Al goed", "Al goed"),
    ],
)
def test_places_are_written_as_on_the_sign(capitals, name):
    assert place_name(capitals) == name


def test_search_text_has_no_accents_or_signs():
    assert folded("’t Kompás", "IJsselstein", "99AA00") == "t kompas ijsselstein 99aa00"
