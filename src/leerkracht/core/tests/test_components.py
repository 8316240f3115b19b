"""The words of the design system, one by one."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

import leerkracht
from leerkracht.core.templatetags.components.html import attributes, element

HOME = Path(leerkracht.__file__).parent
SPRITE = HOME / "core" / "static" / "core" / "icons.svg"


def render(source: str, request: HttpRequest | None = None, **context: object) -> str:
    return Template(source).render(Context({"request": request, **context}))


class GoalForm(forms.Form):
    goal = forms.CharField(label="Doel", help_text="Zeg wat leerlingen kunnen.")
    due_date = forms.DateField(label="Klaar op", required=False)
    mood = forms.ChoiceField(label="Hoe ging het?", choices=[("A", "goed"), ("B", "slecht")], widget=forms.RadioSelect)


def test_attributes_are_hyphenated_left_out_and_escaped():
    written = attributes({"hx_post": "/x", "hidden": True, "title": None, "open": False, "class_": 'a"b<'})

    assert written == ' hx-post="/x" hidden class="a&quot;b&lt;"'


def test_text_from_people_is_escaped_in_every_element():
    assert element("b", "<script>", name="x") == '<b name="x">&lt;script&gt;</b>'


def test_title_of_a_note_is_escaped():
    assert '<h3 class="title">&lt;b&gt;Rekenen</h3>' in render("{% note title %}{% endnote %}", title="<b>Rekenen")


def test_button_is_a_submit_button_unless_told_otherwise():
    assert render('{% button "Klaar" %}') == ('<button class="button" data-kind="quiet" type="submit">Klaar</button>')


def test_button_with_an_address_is_a_link_and_a_disabled_one_leads_nowhere():
    assert render('{% button "Bord" href="/b/" kind="primary" %}') == (
        '<a class="button" data-kind="primary" href="/b/">Bord</a>'
    )
    assert render('{% button "Bord" href="/b/" disabled=True %}') == (
        '<a class="button" data-kind="quiet" role="link" aria-disabled="true">Bord</a>'
    )


def test_button_of_an_icon_alone_still_has_its_words():
    html = render('{% button "Bewerken" icon="pencil" only=True %}')

    assert '<span class="hidden-visually">Bewerken</span>' in html
    assert 'title="Bewerken"' in html


def test_post_button_carries_token_and_fields():
    html = render("{% post_button 'Klaar' '/x/' fields=fields hx_post='/x/' %}", csrf_token="abc", fields={"id": "7"})

    assert html == (
        '<form method="post" action="/x/" class="inline-form" hx-post="/x/">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="abc"><input type="hidden" name="id" value="7">'
        '<button class="button" data-kind="quiet" type="submit">Klaar</button></form>'
    )


def test_field_ties_help_and_error_to_its_control():
    form = GoalForm({"goal": "", "mood": "A"})

    html = render("{% field form.goal %}", form=form)

    assert 'aria-describedby="id_goal_helptext id_goal_error"' in html
    assert 'id="id_goal_helptext"' in html
    assert 'id="id_goal_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Vul dit nog in." in html


def test_field_of_choices_is_a_group_with_a_legend_and_a_label_each():
    html = render("{% field form.mood %}", form=GoalForm({"goal": "x", "mood": ""}))

    assert html.count("<legend>") == 1
    assert html.count('<label class="choice">') == 2
    assert 'aria-describedby="id_mood_error"' in html
    assert "Kies hier nog iets." in html


def test_day_is_asked_with_the_browsers_picker_and_keeps_its_value():
    html = render("{% field form.due_date %}", form=GoalForm(initial={"due_date": "2026-11-05"}))

    assert 'type="date"' in html
    assert 'value="2026-11-05"' in html


def test_refused_form_names_each_field_once_and_takes_the_focus():
    html = render("{% form_errors form %}", form=GoalForm({"goal": "", "mood": ""}))

    assert "Kijk nog naar 2 dingen" in html
    assert '<a href="#id_goal">Doel: Vul dit nog in.</a>' in html
    assert '<a href="#id_mood">Hoe ging het? Kies hier nog iets.</a>' in html
    assert " autofocus>" in html


def test_form_without_errors_says_nothing():
    assert render("{% form_errors form %}", form=GoalForm()) == ""


def test_rhythm_strip_says_in_words_what_it_draws():
    html = render("{% rhythm_strip weeks %}", weeks=["held", "held", "missed", "holiday", "planned"])

    assert 'aria-label="2 van 3 weken gehouden, 1 gemist, 1 gepland, 1 week vakantie"' in html


def test_rhythm_strip_of_a_year_stays_small():
    html = render("{% rhythm_strip weeks %}", weeks=["held", "planned", "missed", "holiday"] * 13)

    assert html.count("<path") == 4


def test_unknown_week_is_refused():
    with pytest.raises(KeyError):
        render("{% rhythm_strip weeks %}", weeks=["maybe"])


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Marieke Jansen", "MJ"), ("Iris van den Berg", "IB"), ("Noor", "NO"), ("", "?"), ("Anne-Fleur de Wit", "AW")],
)
def test_initials(name, letters):
    assert f'aria-hidden="true">{letters}<' in render("{% who name %}", name=name)


def test_names_can_be_covered():
    assert render("{% name person %}", person="Noor Haddad") == "<span data-name>Noor Haddad</span>"


def test_more_people_than_fit_become_a_number_with_their_names():
    html = render("{% whos people most=1 %}", people=["Anouk Bakker", "Tom de Wit", "Noor Haddad"])

    assert "+2" in html
    assert "en Tom de Wit, Noor Haddad" in html


def test_pager_keeps_the_question_and_hides_when_all_fits():
    request = RequestFactory().get("/schools/", {"q": "regen", "page": "2"})

    html = render("{% pager page %}", request, page=Paginator(range(50), 20).page(2))

    assert "?q=regen&amp;page=1" in html
    assert "?q=regen&amp;page=3" in html
    assert "21 tot en met 40 van 50" in html
    assert render("{% pager page %}", request, page=Paginator(range(5), 20).page(1)) == ""


def test_sort_head_turns_the_order_and_goes_back_to_the_first_page():
    request = RequestFactory().get("/", {"sort": "name", "page": "3"})

    html = render('{% sort_head "School" "name" %}', request)

    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-name"' in html


def test_progress_reaches_the_sun_at_its_target():
    assert "data-reached" in render("{% progress 80 target=80 label='nu' %}")
    assert "data-reached" not in render("{% progress 79 target=80 label='nu' %}")


def test_dialog_puts_its_work_before_its_close_key():
    html = render('{% dialog "d" "Titel" %}<input name="x">{% enddialog %}')

    assert html.index('name="x"') < html.index("data-dialog-close")
    assert 'aria-labelledby="d-title"' in html


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()))
    named = set()
    for path in HOME.rglob("templates/**/*.html"):
        named |= set(re.findall(r"""(?:\{% icon |icon=)["']([\w-]+)["']""", path.read_text()))

    assert named - drawn == set()
