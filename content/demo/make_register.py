"""Write the made-up register: 120 schools in DUO's columns, in three files, one per sector.

Everything is invented. Codes start with ZZ and postcodes end in SS; neither is ever given out. Same seed, same files:
``python content/demo/make_register.py``.
"""

# ruff: noqa: SIM905 (a list of words reads best as a sentence)
from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = (
    "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;"
    "POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES;"
    "STRAATNAAM CORRESPONDENTIEADRES;HUISNUMMER-TOEVOEGING CORRESPONDENTIEADRES;POSTCODE CORRESPONDENTIEADRES;"
    "PLAATSNAAM CORRESPONDENTIEADRES;NODAAL GEBIED CODE;NODAAL GEBIED NAAM;RPA-GEBIED CODE;RPA-GEBIED NAAM;"
    "WGR-GEBIED CODE;WGR-GEBIED NAAM;COROPGEBIED CODE;COROPGEBIED NAAM;ONDERWIJSGEBIED CODE;ONDERWIJSGEBIED NAAM;"
    "RMC-REGIO CODE;RMC-REGIO NAAM;VAKANTIEREGIO"
).split(";")


@dataclass(frozen=True)
class Town:
    name: str
    province: str
    region: str


TOWNS = (
    Town("Voorbeeldstad", "Utrecht", "Midden"),
    Town("Proefdorp", "Gelderland", "Midden"),
    Town("Fantasiehaven", "Zuid-Holland", "Midden"),
    Town("Verzonnenveen", "Drenthe", "Noord"),
    Town("Modelmeer", "Noord-Holland", "Noord"),
    Town("Schetsenburg", "Friesland", "Noord"),
    Town("Denkbeeldingen", "Groningen", "Noord"),
    Town("Sprookjeswoude", "Overijssel", "Noord"),
    Town("Bedachtvoort", "Flevoland", "Noord"),
    Town("Oefenrode", "Limburg", "Zuid"),
    Town("Kladderdonk", "Noord-Brabant", "Zuid"),
    Town("Stelverzee", "Zeeland", "Zuid"),
)
FIRST = {
    "po": ("De Regenboog", "Het Krijtje", "De Zandkorrel"),
    "vo": ("Het Noorderlicht College", "Lyceum De Luifel"),
    "mbo": ("MBO De Werf",),
}
WORDS = {
    "po": (
        "Ankerplaats Beukenboom Boomhut Brug Driehoek Eekhoorn Fontein Gouden Sleutel Graankorrel Hinkelbaan Hoeksteen "
        "Kameleon Kastanje Kei Kiem Klimboom Klinker Knikker Koepel Kring Kweekvijver Leeuwerik Lichtkring Lantaarn "
        "Merel Molenwiek Morgenster Nachtegaal Notenboom Octopus Oversteek Palet Pijlstaart Plataan Poort Rank Reiger "
        "Schatkist Schommel Sleutelbloem Spil Sprong Steiger Stelling Stroom Tandem Toverhoed Troubadour Trampoline "
        "Uilenboom Veenpluis Vlieger Vlonder Vuurtoren Waaier Watermolen Wilgentak Windroos Windwijzer Wissel Zaaier "
        "Zeester Zonnewijzer Zwaluw Zwerfkei Bijenkorf Boekanier Carrousel Duizendpoot Egelantier Fluit Grutto "
        "Hazelaar IJsvogel Jonge Linde Kompas Libel Mozaïek Noordster Ooievaar Parel Regenton Schelp Tuimelaar "
        "Vrijbuiter Wegwijzer Zilverspar Zonnebloem Bergbeek Dolfijn Esdoorn Hoekstok Kiezel Lieveling Steltloper"
    )
    .replace("Gouden Sleutel", "Gouden_Sleutel")
    .replace("Jonge Linde", "Jonge_Linde")
    .split(),
    "vo": (
        "Atlas Baken Compagnie Delta Essenhof Forum Gaarde Horizon Kwartier Meridiaan Overlaat Passage Ravelijn Sluis "
        "Toren Zenit"
    ).split(),
    "mbo": "Ambacht Dok Haven Hefbrug Scheepsbouw".split(),
}
NAMES = {"po": "De {}", "vo": "{} College", "mbo": "MBO {}"}
COUNTS = {"po": 96, "vo": 18, "mbo": 6}
BODIES = {"po": range(99001, 99015), "vo": range(99015, 99019), "mbo": range(99019, 99021)}
STREETS = ("Krijtstraat", "Lijmpad", "Puntenslijpersweg", "Liniaallaan", "Schoolbordplein", "Gumpad", "Passerdreef")
DENOMINATIONS = ("Openbaar", "Rooms-Katholiek", "Protestants-Christelijk", "Algemeen bijzonder")


def main() -> None:
    chance = random.Random(2026)
    number = 0
    for sector, count in COUNTS.items():
        names = [*FIRST[sector], *(NAMES[sector].format(word.replace("_", " ")) for word in WORDS[sector])][:count]
        lines = [";".join(COLUMNS)]
        for name in names:
            lines += _school(chance, sector, number, name)
            number += 1
        (HERE / f"register-{sector}.csv").write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))


def _school(chance: random.Random, sector: str, number: int, name: str) -> list[str]:
    """One line per location; one school in eight has two."""
    code = f"ZZ{chr(65 + number // 26)}{chr(65 + number % 26)}"
    body, town = chance.choice(BODIES[sector]), chance.choice(TOWNS)
    if name == FIRST[sector][0]:
        body, town = BODIES[sector][0], TOWNS[0]
    denomination = chance.choice(DENOMINATIONS)
    has_two = chance.random() < 0.125 and name != FIRST[sector][0]
    names = [name, f"{name}, locatie Oost"] if has_two else [name]
    return [
        _line(chance, {"code": f"{code}{n:02d}", "name": each, "body": str(body), "denomination": denomination}, town)
        for n, each in enumerate(names)
    ]


def _line(chance: random.Random, school: dict[str, str], town: Town) -> str:
    street, house = chance.choice(STREETS), str(chance.randint(1, 140))
    postcode = f"{chance.randint(1000, 9999)} SS"
    cells = dict.fromkeys(COLUMNS, " ") | {
        "PROVINCIE": town.province,
        "BEVOEGD GEZAG NUMMER": school["body"],
        "INSTELLINGSCODE": school["code"][:4],
        "VESTIGINGSCODE": school["code"],
        "VESTIGINGSNAAM": school["name"],
        "STRAATNAAM": street,
        "HUISNUMMER-TOEVOEGING": house,
        "POSTCODE": postcode,
        "PLAATSNAAM": town.name.upper(),
        "GEMEENTENAAM": town.name.upper(),
        "DENOMINATIE": school["denomination"],
        "VAKANTIEREGIO": town.region,
    }
    return ";".join(cells[column] for column in COLUMNS)


if __name__ == "__main__":
    main()
