"""The register of processing and the two annexes of the sector's data-processing agreement, as Markdown in Dutch.

What only the party that runs the installation can know stands between square brackets, and once more at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.apps import apps

from .declared import DataClass, Declared

HOLDER = "[naam en adres van wie deze installatie draait]"
CONTACT = "[naam, e-mailadres en telefoonnummer voor vragen over privacy]"
PLACE = "[land en rekencentrum waar database, bestanden en kopieën staan]"
OTHERS = "[subverwerkers: hosting en het versturen van mail; voor elk naam, plaats en taak]"
BACKUPS = "[hoe lang reservekopieën bewaard worden, en hoe ze versleuteld zijn]"
MEASURES = (
    (
        "Toegang",
        "Inloggen met een code per mail of een passkey; geen wachtwoorden. Wie ver reikt, heeft een tweede stap.",
    ),
    (
        "Rechten",
        "Wie iets mag, volgt uit rol, plaats en dag. Een matrix van alle pagina’s wordt bij elke wijziging getest.",
    ),
    ("Sessies", "Een sessie eindigt na stilte en altijd binnen een dag; wie wil, ziet en beëindigt de eigen sessies."),
    ("Raden", "Pogingen worden geteld, per account en per adres; antwoorden verraden niet of een adres bekend is."),
    ("Verkeer", "Alleen versleuteld waar TLS aanstaat; strikte kopregels; geen bronnen van andere hosts."),
    (
        "Vastleggen",
        "Elke wijziging, blik op gegevens van anderen en meegenomen lijst laat een regel na, zonder namen of teksten.",
    ),
    ("Verzegelen", "Regels worden binnen een minuut verzegeld; veranderen, weghalen of invoegen valt daarna op."),
    ("Bewaren", "Wat bevestigd is, gaat bij een stroomstoring niet verloren; dat wordt met afgebroken servers getest."),
    ("Herstel", "Een reservekopie in één opdracht, en terugzetten in één opdracht; beide worden getest."),
    (
        "Ontwikkeling",
        "Open broncode, vaste versies van alle onderdelen, en tests op twee databases bij elke wijziging.",
    ),
)


def register(told: Declared, on: date) -> str:
    """Write down every class with its purpose, and every model with its fields."""
    lines = [
        "# Register van verwerkingen: leerkracht",
        "",
        f"Gemaakt op {on:%d-%m-%Y} uit de beschrijving bij de programmatuur. Verwerkingsverantwoordelijke is de school"
        f" (haar bestuur); verwerker is {HOLDER}.",
        "",
        "Van leerlingen worden geen namen, nummers of adressen bewaard.",
    ]
    by_class = _by_class(told)
    for one in _ordered(told):
        lines += ["", f"## {one.title}", "", *_texts(one), "", "Velden:", ""]
        lines += [f"- {model}: {', '.join(names)}" for model, names in sorted(by_class[one.key].items())]
        lines += [f"- {place.name}: {place.what}" for place in told.elsewhere if place.class_key == one.key]
    return "\n".join([*lines, "", *_to_fill_in([HOLDER])])


def privacy_annex(told: Declared, on: date) -> str:
    """Annex 1: what the product does, whose data, what for, how long, and who else."""
    personal = [one for one in _ordered(told) if one.is_personal]
    lines = [
        "# Bijlage 1: privacybijsluiter leerkracht",
        "",
        f"Opgemaakt op {on:%d-%m-%Y}.",
        "",
        "## A. Algemeen",
        "",
        "- Product: leerkracht, open programmatuur (EUPL-1.2).",
        f"- Verwerker: {HOLDER}",
        f"- Contact: {CONTACT}",
        "- Voor wie: scholen voor po, vo, so en mbo die met leerKRACHT werken.",
        "",
        "## B. Wat het product doet",
        "",
        "Teams staan wekelijks een kwartier aan hun verbeterbord: zij kiezen thema’s en doelen, verdelen acties"
        " en vieren successen. Begeleiders, schoolleiders, besturen en de stichting zien wat bij hun rol past.",
        "",
        "## C. Welke gegevens, van wie en waarvoor",
        "",
        "| gegevens | van wie | waarvoor | grondslag | hoe lang | wie ziet ze |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.title} | {one.about} | {one.purpose} | {one.basis} | {one.retention} | {one.receivers} |"
        for one in personal
    ]
    lines += [
        "",
        "Bijzondere persoonsgegevens worden niet gevraagd. Van leerlingen wordt niets bewaard dat naar een kind leidt.",
        "",
        "## D. Waar, en door wie nog meer",
        "",
        f"- Opslag: {PLACE}",
        f"- Subverwerkers: {OTHERS}",
        f"- Reservekopieën: {BACKUPS}",
        "",
        "## E. Rechten van betrokkenen",
        "",
        "Wie vragen heeft over de eigen gegevens, richt zich tot de school. De school kan alles laten opvragen,"
        f" verbeteren en wissen; zie {CONTACT}.",
    ]
    return "\n".join([*lines, "", *_to_fill_in([HOLDER, CONTACT, PLACE, OTHERS, BACKUPS])])


def security_annex(told: Declared, on: date) -> str:
    """Annex 2: how the data are kept safe, and what happens when something goes wrong."""
    lines = ["# Bijlage 2: beveiliging van leerkracht", "", f"Opgemaakt op {on:%d-%m-%Y}.", "", "## Maatregelen", ""]
    lines += ["| onderwerp | maatregel |", "| --- | --- |"]
    lines += [f"| {name} | {text} |" for name, text in MEASURES]
    lines += [
        "",
        "## Als er iets misgaat",
        "",
        f"Een inbreuk wordt zonder vertraging gemeld aan de school, met wat er gebeurd is, om welke gegevens en hoeveel"
        f" mensen het gaat, en wat er gedaan is. Melden kan bij {CONTACT}; kwetsbaarheden volgens SECURITY.md.",
        "",
        "## Waar de gegevens buiten de database staan",
        "",
    ]
    lines += [f"- {place.name}: {place.what}" for place in told.elsewhere]
    lines += ["", f"Opslag: {PLACE}. Reservekopieën: {BACKUPS}."]
    return "\n".join([*lines, "", *_to_fill_in([CONTACT, PLACE, BACKUPS])])


def _ordered(told: Declared) -> list[DataClass]:
    """What is about people first, otherwise as the file has it."""
    return sorted(told.classes.values(), key=lambda one: not one.is_personal)


def _texts(one: DataClass) -> Iterable[str]:
    yield f"- Over: {one.about}"
    yield f"- Doel: {one.purpose}"
    yield f"- Grondslag: {one.basis}"
    yield f"- Bewaartermijn: {one.retention}"
    yield f"- Ontvangers: {one.receivers}"


def _by_class(told: Declared) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, keys in told.fields.items():
        model, _dot, field = name.rpartition(".")
        for key in keys:
            found[key][_said(model)].append(field)
    return found


def _said(label: str) -> str:
    """The model as its table is called: who keeps the database recognises it."""
    return str(apps.get_model(label)._meta.db_table)


def _to_fill_in(blanks: Iterable[str]) -> list[str]:
    return ["## Nog in te vullen door wie deze installatie draait", "", *(f"- {blank}" for blank in blanks), ""]
