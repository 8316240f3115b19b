"""The words tool: what it finds, what it refuses, and that it changes nothing without need."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from leerkracht.config.messages import catalogue, in_python, in_templates, visible
from leerkracht.config.messages.found import Found, Message

HERE = Path("page.html")


def python(source):
    found = Found()
    in_python.collect(source, Path("module.py"), found)
    return found


def template(source):
    found = Found()
    in_templates.collect(source, HERE, found)
    return found


def seen(source):
    found = Found()
    visible.collect(source, HERE, found)
    return [(problem.line, problem.text) for problem in found.problems]


def test_python_sentences_are_found_under_every_name():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext_lazy as n_
from django.utils import translation
a = _("Bord")
b = translation.gettext("Doel " "halen")
c = n_("één les", "%(n)s lessen", 2)
d = pgettext("maand", "mei")
e = other("niet")
"""
    assert set(python(source).messages) == {
        Message("Bord"),
        Message("Doel halen"),
        Message("één les", "%(n)s lessen"),
        Message("mei", context="maand"),
    }


def test_an_f_string_is_refused_with_its_place():
    [problem] = python('\n\ntekst = gettext(f"Hallo {naam}")').problems
    assert str(problem).startswith("module.py:3: an f-string")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Bord" %}', Message("Bord")),
        ("{% trans 'Het ‘bord’' as title %}", Message("Het ‘bord’")),
        ('{% translate "mei" context "maand" %}', Message("mei", context="maand")),
        ('{% translate "80% klaar" %}', Message("80%% klaar")),
        ("{% blocktranslate %}Dag {{ name }}{% endblocktranslate %}", Message("Dag %(name)s")),
        (
            "{% blocktranslate trimmed with a=b %}\n  Dag\n  {{ a }}\n{% endblocktranslate %}",
            Message("Dag %(a)s"),
        ),
        (
            "{% blocktranslate count n=x %}{{ n }} les{% plural %}{{ n }} lessen{% endblocktranslate %}",
            Message("%(n)s les", "%(n)s lessen"),
        ),
        ('{% blocktranslate context "maand" %}mei{% endblocktranslate %}', Message("mei", context="maand")),
        ('{% button _("Bewaren") kind="primary" %}', Message("Bewaren")),
        ('{{ name|default:_("niemand") }}', Message("niemand")),
    ],
)
def test_template_sentences_are_found(source, expected):
    assert set(template(source).messages) == {expected}


def test_comments_hold_no_sentences():
    assert template('{# {% translate "a" %} #}{% comment %}{% translate "b" %}{% endcomment %}').messages == {}


@pytest.mark.parametrize(
    ("source", "line", "text"),
    [
        ("<div>\n  <p>Hallo</p>", 2, "“Hallo” is not translatable"),
        ("<p>\n\n  Dag {{ name }}</p>", 3, "“Dag” is not translatable"),
        ('<button aria-label="Sluit">', 1, 'aria-label="Sluit" is not translatable'),
        ('<input\n placeholder="Zoek">', 1, 'placeholder="Zoek" is not translatable'),
        ('<img alt="Een bord" src="a.png">', 1, 'alt="Een bord" is not translatable'),
        ('<a title="Terug">', 1, 'title="Terug" is not translatable'),
        ('{% button "Bewaren" kind="primary" %}', 1, "“Bewaren” is not translatable"),
        ('\n{% panel title="bord" %}', 2, "“bord” is not translatable"),
        ('{{ name|default:"Nog niemand" }}', 1, "“Nog niemand” is not translatable"),
    ],
)
def test_words_that_nobody_can_translate_are_refused_with_their_place(source, line, text):
    assert seen(source) == [(line, text)]


@pytest.mark.parametrize(
    "source",
    [
        '<p class="lead" data-kind="note">{% translate "Hallo" %} · {{ name }} 3/4</p>',
        "{% blocktranslate %}<b>Dag</b> {{ name }}{% endblocktranslate %}",
        '<button aria-label="{% translate "Sluit" %}">{% icon "x" %}</button>',
        '{% button label kind="primary" icon="user-plus" %}{% url "boards:board" 3 as board_url %}',
        '{{ day|date:"l j F" }}{% who person at=day|date:"D j M" %}',
        "{% comment %}Tekst{% endcomment %}{# Tekst #}<!-- Tekst -->",
        "<script type='application/json'>{\"a\": 1}</script><title>leerkracht</title>",
        '<a href="/a" {% if x %}hidden{% endif %}>{{ x|yesno:"a,b" }}</a>',
    ],
)
def test_what_is_fine_is_left_alone(source):
    assert seen(source) == []


@pytest.mark.parametrize(
    ("dutch", "english", "mistake"),
    [
        (Message("Dag %(name)s"), ("Hello %(name)s",), ""),
        (Message("Dag %(name)s"), ("Hello",), "“Dag %(name)s”: the English lacks %(name)s"),
        (Message("Dag"), ("Hi %(name)s",), "“Dag”: the English uses %(name)s, which the Dutch lacks"),
        (Message("%(n)s les", "%(n)s lessen"), ("one lesson", "%(n)s lessons"), ""),
        (Message("100%% klaar"), ("100%% done",), ""),
    ],
)
def test_placeholders_must_agree(dutch, english, mistake):
    assert catalogue.placeholder_mistake(dutch, english) == mistake


@pytest.fixture
def source(tmp_path):
    (tmp_path / "room" / "templates").mkdir(parents=True)
    (tmp_path / "room" / "views.py").write_text('a = gettext("Bord")')
    (tmp_path / "room" / "templates" / "page.html").write_text('{% translate "Doel" %}')
    return tmp_path


def test_check_names_what_lacks_english_and_what_stands_nowhere(source, tmp_path):
    path = tmp_path / "django.po"
    catalogue.write({Message("Doel"): ("Goal",), Message("Weg"): ("Gone",)}, path)
    problems = [problem.text for problem in catalogue.check(source, path)]
    assert problems == ["“Weg” stands nowhere any more", "“Bord” has no English"]
    catalogue.write({Message("Doel"): ("Goal",), Message("Bord"): ("Board",)}, path)
    assert catalogue.check(source, path) == []


def test_what_is_written_is_what_is_read_and_stays_the_same(tmp_path):
    path = tmp_path / "django.po"
    translations = {
        Message("Zon"): ("Sun",),
        Message("één les", "%(n)s lessen"): ("one lesson", "%(n)s lessons"),
        Message("mei", context="maand"): ("May",),
        Message('Met "tekens"\nen regels ' + "lang " * 40): ("",),
    }
    catalogue.write(translations, path)
    first = path.read_text()
    assert catalogue.read(path) == translations
    catalogue.write(dict(reversed(translations.items())), path)
    assert path.read_text() == first


def test_compiled_words_are_used_and_made_only_when_older(tmp_path):
    path = tmp_path / "django.po"
    catalogue.write({Message("één les", "%(n)s lessen"): ("one lesson", "%(n)s lessons")}, path)
    assert catalogue.is_stale(path)
    catalogue.compile_all(path)
    assert not catalogue.is_stale(path)
    with path.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.ngettext("één les", "%(n)s lessen", 2) == "%(n)s lessons"
