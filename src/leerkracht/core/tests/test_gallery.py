"""What holds for the design system as a whole."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

import leerkracht
from leerkracht.core import adapters
from leerkracht.core.templatetags.components import register

HOME = Path(leerkracht.__file__).parent
CORE = HOME / "core"
CHROMIUM = Path("/usr/bin/chromium")


def gallery_source() -> str:
    templates = CORE / "templates" / "core"
    return "".join(path.read_text() for path in [templates / "gallery.html", *(templates / "gallery").glob("*.html")])


def test_every_component_stands_in_the_gallery():
    shown = set(re.findall(r"\{%\s*(\w+)", gallery_source()))

    assert set(register.tags) - shown == set()


def test_gallery_renders_for_a_visitor_without_inline_style_or_script(db):
    html = Client().get(reverse("core:gallery")).content.decode()

    assert html.count('class="sample') == 2 * (html.count('class="gallery-family"') - 1)
    assert re.findall(r"<[^>]+ style=", html) == []
    assert re.findall(r"<script(?![^>]* src=)[^>]*>", html) == []
    assert re.findall(r"<[^>]+ on\w+=", html) == []


def test_no_id_stands_twice_in_the_gallery(db):
    ids = re.findall(r' id="([^"]+)"', Client().get(reverse("core:gallery")).content.decode())

    assert sorted(set(ids)) == sorted(ids)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


def blocks() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    text = (CORE / "static" / "core" / "css" / "tokens.css").read_text()
    light, chosen, wished = re.findall(r"\{\s*color-scheme: (?:light|dark);(.*?)\}", text, re.DOTALL)
    return tokens(light), tokens(chosen), tokens(wished)


def test_dark_is_the_same_by_choice_and_by_the_devices_wish():
    light, chosen, wished = blocks()

    assert chosen == wished
    assert set(light) == set(chosen)


def luminance(colour: str) -> float:
    colour = colour.lstrip("#")
    colour = "".join(letter * 2 for letter in colour) if len(colour) == 3 else colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


BODY = [
    ("ink", ground)
    for ground in ("paper", "card", "shade", "sun-soft", "brand-soft", "coral-soft", "leaf-soft", "sky-soft")
]
SMALL = [
    *(("muted", ground) for ground in ("paper", "card", "shade")),
    *(("brand", ground) for ground in ("paper", "card")),
    *((f"{colour}-ink", f"{colour}-soft") for colour in ("coral", "leaf", "sky")),
    ("coral-ink", "card"), ("coral-ink", "paper"), ("brand-ink", "brand"),
    ("brand-strong", "brand-soft"), ("sun-ink", "sun"),
]  # fmt: skip
SHAPES = [
    ("edge", "paper"),
    ("edge", "card"),
    ("coral", "card"),
    ("leaf", "card"),
    ("focus", "paper"),
    ("focus", "card"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(BODY, 7.0), (SMALL, 4.5), (SHAPES, 3.0)], ids=["body-AAA", "small-AA", "shapes"]
)
def test_colours_hold_their_contrast(theme, pairs, least):
    colours = blocks()[theme]

    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}

    assert {pair: value for pair, value in weak.items() if value < least} == {}


@pytest.mark.parametrize(
    ("pattern", "most"), [("static/**/*.css", 175), ("static/**/*.js", 130), ("templates/**/*.html", 130)]
)
def test_files_stay_small(pattern, most):
    lengths = {
        path.name: len(path.read_text().splitlines()) for path in CORE.glob(pattern) if "vendor" not in path.parts
    }

    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_what_an_entry_file_imports_is_folded_in():
    files = {
        "core/css/all.css": '@layer a;\n@import "./x.css";\n',
        "core/css/x.css": "@layer a { b { c: d; } }\n",
        "core/js/all.js": 'import "./plain.js";\nimport { b as c } from "./sub/bound.js";\nc();\n',
        "core/js/plain.js": 'import { b } from "./sub/bound.js";\nconst a = b;\n',
        "core/js/sub/bound.js": "export const b = () => 1;\n",
    }

    assert adapters.fold("core/css/all.css", files.get) == "@layer a;\n@layer a { b { c: d; } }\n"
    # Each module once, before who needs it.
    assert adapters.fold("core/js/all.js", files.get) == (
        "const $core_js_sub_bound = (() => {\nconst b = () => 1;\nreturn { b };\n})();\n"
        "const $core_js_plain = (() => {\nconst { b } = $core_js_sub_bound;\nconst a = b;\nreturn {  };\n})();\n"
        "\nconst { b: c } = $core_js_sub_bound;\nc();\n"
    )


@pytest.mark.parametrize(
    "other",
    ["", 'import { a } from "./all.js";\nexport const b = 1;\n', "export default 1;\n", "import x from 'x';\n"],
)
def test_what_folding_does_not_know_stops_the_collecting(other):
    files = {"js/all.js": 'import { b } from "./b.js";\nexport const a = b;\n', "js/b.js": other or None}

    with pytest.raises(adapters.NotFoldable):
        adapters.fold("js/all.js", files.get)


def test_everything_beside_all_is_imported_by_it():
    for name in ("css/all.css", "js/all.js"):
        folder = (CORE / "static" / "core" / name).parent
        imported = set(re.findall(r'import "\./([\w.-]+)";', (CORE / "static" / "core" / name).read_text()))
        apart = {"all.css", "all.js", "early.js", "gallery.css"}  # early runs before drawing; gallery is one page's own

        assert {path.name for path in folder.iterdir()} - apart == imported


def test_language_is_kept_and_leads_back_only_to_ourselves(db, settings):
    client = Client()

    home = client.post(reverse("core:language"), {"language": "en", "next": "/gallery/"})
    away = client.post(reverse("core:language"), {"language": "xx", "next": "https://elsewhere.example/"})

    assert (home.status_code, home["Location"]) == (302, "/gallery/")
    assert home.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert (away.status_code, away["Location"]) == (302, "/")
    assert settings.LANGUAGE_COOKIE_NAME not in away.cookies


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's Chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_has_no_barrier_that_axe_knows(db, scheme):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Route, sync_playwright

    html = Client().get(reverse("core:gallery")).content

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            return route.fulfill(path=finders.find(path.removeprefix("/static/")))
        return route.fulfill(body=html, content_type="text/html")

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 900}, color_scheme=scheme)
        page.route("**/*", answer)
        page.goto("http://gallery.test/", wait_until="networkidle")
        found = Axe().run(page).response["violations"]
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        browser.close()

    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []
    assert ground == {"light": "rgb(250, 246, 238)", "dark": "rgb(18, 25, 28)"}[scheme]
