"""A foundation's administration as it comes: 1,400 made-up schools in a workbook with all the dirt of ten years."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta

from openpyxl import Workbook

from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import GoverningBody, Location, School, SchoolGovernance

STAGES = ("EERSTE JAAR", "Tweede jaar", "zelfstandig", "in beeld", "Kennismakingsgesprek", "GESTOPT")
BODY_OF = 28  # schools per governing body


def a_register(schools: int) -> None:
    """``schools`` schools with a location each, at governing bodies of some tens."""
    bodies = GoverningBody.objects.bulk_create(
        GoverningBody(number=f"{70000 + number}", name=f"Stichting Nummer {number}")
        for number in range(schools // BODY_OF + 1)
    )
    rows = School.objects.bulk_create(
        School(code=code_of(n), name=name_of(n), sector="PO", search_text=folded(name_of(n))) for n in range(schools)
    )
    Location.objects.bulk_create(
        Location(school=row, code=f"{row.code}00", name=row.name, place=place_of(n), province="Utrecht")
        for n, row in enumerate(rows)
    )
    SchoolGovernance.objects.bulk_create(
        SchoolGovernance(school=row, governing_body=bodies[n // BODY_OF], from_date=date(2015, 8, 1))
        for n, row in enumerate(rows)
    )


def code_of(number: int) -> str:
    return f"{number // 26:02d}{chr(65 + number % 26)}Q"


def name_of(number: int) -> str:
    return f"De {('Linde', 'Berk', 'Wilg', 'Eik', 'Es')[number % 5]} {number}"


def place_of(number: int) -> str:
    return f"Dorp {number % 90}"


def stages(schools: int) -> list[list[object]]:
    """Title on row 1, nothing on row 2, head on row 3; every third school by name; doubles, unknowns and a total."""
    rows: list[list[object]] = [["Scholen leerKRACHT", "", "", "", "", ""], []]
    rows.append(["BRIN", "School", "Plaats", "Fase", "Startdatum", "Opmerking"])
    for number in range(schools):
        code = "" if number % 3 == 0 else code_of(number)
        rows.append([code, name_of(number), place_of(number), STAGES[number % 6], _day(number), ""])
        if number % 100 == 99:
            rows.append([])
    rows.append([code_of(1), name_of(1), place_of(1), STAGES[1], _day(1), ""])  # a double
    rows.append(["99ZZ", "Nergensschool", "Nergens", "zelfstandig", "1-8-2024", ""])
    rows.append(["", "De Linde 0", "Ergens anders", "zelfstandig", "1-8-2024", ""])
    rows.append([code_of(2), name_of(2), place_of(2), "in beeld", "1-8-2019", "spreekt regel 6 tegen"])
    rows.append(["", "Totaal", schools, "", "", ""])
    return rows


REFUSED_STAGES = 3


def history(schools: int) -> list[list[object]]:
    """Three stages a school; each fortieth has two that overlap."""
    rows: list[list[object]] = [["BRIN6", "Fase", "Van", "Tot", "Reden"]]
    for number in range(schools):
        code, start = f"{code_of(number)}00", date(2016, 8, 1) + timedelta(days=number % 300)
        middle, late = start + timedelta(days=200), start + timedelta(days=400)
        rows.append([code, "in beeld", start, middle, ""])
        begins = middle - timedelta(days=30) if number % 40 == 7 else middle
        rows.append([code, "Intakegesprek", begins, late, ""])
        rows.append([code, "Afgehaakt", late, late + timedelta(days=90), "geen ruimte in het rooster"])
    return rows


def contacts(schools: int) -> list[list[object]]:
    rows: list[list[object]] = [["School", "Plaats", "Contactpersoon", "Functie", "E-mail", "Telefoon"]]
    for number in range(schools):
        email = f"directie{number}@school.example"
        rows.append([name_of(number), place_of(number), f"Kees {number}", "directeur", email, f"06-{number:08d}"])
    rows.append([name_of(0), place_of(0), "Fout Adres", "", "geen adres", ""])
    return rows


def coaches(schools: int) -> list[list[object]]:
    """One coach per 38 schools; one of them turns up with a second address."""
    rows: list[list[object]] = [["Coach", "E-mailadres", "BRIN", "Vanaf", "Tot"]]
    for number in range(schools):
        coach = number // 38
        rows.append([f"Coach {coach}", f"Coach{coach}@stichting.example", code_of(number), "schooljaar 2024-2025", ""])
    rows.append(["Coach 0", "coach.nul@thuis.example", code_of(0), "1-8-2020", "1-8-2021"])
    return rows


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(book: bytes, part: str, change: tuple[str, str]) -> bytes:
    """The workbook with something in one of its parts replaced: what a spreadsheet writes and a library does not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(change[0], change[1], text.decode()).encode() if name == part else text)
    return out.getvalue()


def _day(number: int) -> object:
    """The same first of August in every way that people write it."""
    year = 2019 + number % 5
    ways = (date(year, 8, 1), f"1-8-{year}", f"01/08/{year % 100}", f"{year}-08-01", f"augustus {year}")
    return (*ways, f"schooljaar {year}-{year + 1}", (date(year, 8, 1) - date(1899, 12, 30)).days)[number % 7]
