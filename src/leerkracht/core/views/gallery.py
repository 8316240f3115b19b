"""The gallery: every component in every state, for who builds and who judges. Its samples are not translated."""

from typing import Any

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from leerkracht.core.forms import SampleForm
from leerkracht.core.views.access import public
from leerkracht.core.views.pages import show

FAMILIES = {
    "marks": "Merktekens en mensen",
    "surfaces": "Briefjes, panelen en lege plekken",
    "actions": "Knoppen en menu’s",
    "session": "De sessie",
    "lists": "Lijsten en tabellen",
    "overlays": "Wat even boven de bladzijde komt",
    "forms": "Formulieren",
    "errors": "Een formulier dat terugkomt",
}
COLOURS = (
    "paper", "card", "shade", "line", "edge", "muted", "ink", "brand", "brand-soft",
    "sun", "sun-soft", "coral", "coral-soft", "leaf", "leaf-soft", "sky", "sky-soft",
)  # fmt: skip
STEPS = (
    {"title": "Check-in", "detail": "2 min", "state": "done"},
    {"title": "Successen", "detail": "2 min", "state": "done"},
    {"title": "Doelen", "detail": "nog 3 van 5 min", "state": "now"},
    {"title": "Acties", "detail": "4 min", "state": "next"},
    {"title": "Planning", "detail": "2 min", "state": "next"},
)
WEEKS = ("held",) * 7 + ("holiday", "missed") + ("held",) * 2 + ("planned",)
PEOPLE = (
    "Marieke Jansen",
    "Anouk Bakker",
    "Fatma Kaya",
    "Tom de Wit",
    "Iris van den Berg",
    "Jeroen Smit",
    "Noor Haddad",
)
SCHOOLS = (
    ("De Regenboog", "Almere", 412, 11, WEEKS),
    ("Openbare basisschool De Verwondering aan het Lange Water", "Bergen op Zoom", 1208, 3, ("missed", "held") * 6),
    ("’t Kompas", "Goes", 96, 9, ("held",) * 9 + ("holiday",) * 2 + ("planned",)),
)


@public("shows components with made-up content, no data")
def gallery(request: HttpRequest) -> HttpResponse:
    return show(request, "core/gallery.html", context=samples(request))


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return what the samples show; forms once a theme, so that no id stands twice."""
    return {
        "families": [
            {"key": key, "title": title, "template": f"core/gallery/{key}.html"} for key, title in FAMILIES.items()
        ],
        "themes": [theme("light"), theme("dark")],
        "colours": COLOURS,
        "steps": STEPS,
        "weeks": WEEKS,
        "people": PEOPLE,
        "schools": SCHOOLS,
        "page": Paginator(range(93), 25).page(2),
        "qr_svg": segno.make_qr("https://leerkracht.example/b/7kq2").svg_inline(
            border=0, omitsize=True, dark="#17272e"
        ),
    }


def theme(name: str) -> dict[str, Any]:
    words = {"light": "licht", "dark": "donker"}
    return {
        "name": name,
        "words": words[name],
        "form": SampleForm(prefix=name),
        "refused": SampleForm(
            {f"{name}r-goal": "", f"{name}r-email": "anouk@", f"{name}r-target": "140"}, prefix=f"{name}r"
        ),
        "tabs": [
            {"label": "Dit schooljaar", "href": "#lists", "is_current": True, "count": 12},
            {"label": "Vorig jaar", "href": "#lists", "count": 31},
            {"label": "Archief", "href": "#lists"},
        ],
    }
