"""Themes: two a school year, a third only with the reason of the implementation team."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.queries.acts import words_of
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Theme, ThemeAdoption
from leerkracht.boards.rules import themes as rules
from leerkracht.boards.services import themes as services
from leerkracht.organisations.models import Role

from .factories import NOW, a_member, a_role, a_school, a_team

REASON = "De inspectie vraagt het van ons"


@pytest.mark.parametrize(
    ("counted", "may_override", "reason", "outcome"),
    [
        (0, False, "", ""),
        (1, True, REASON, ""),
        (2, True, "", "too_many_themes"),
        (2, False, REASON, "too_many_themes"),
        (2, True, "omdat", "no_reason"),
        (2, True, REASON, REASON),
        (5, True, REASON, REASON),
    ],
)
def test_the_third_theme_needs_a_reason_and_the_right(counted, may_override, reason, outcome):
    try:
        answer = rules.check_room(counted=counted, may_override=may_override, reason=reason)
    except rules.ThemeRefused as refusal:
        answer = refusal.code
    assert answer == outcome


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 9, 1), date(2026, 12, 18), None),
        (date(2026, 9, 1), date(2026, 9, 1), "period_reversed"),
        (date(2026, 7, 31), date(2026, 12, 18), "outside_year"),
        (date(2027, 5, 1), date(2027, 8, 1), "outside_year"),
    ],
)
def test_a_theme_stays_within_its_school_year(first, last, code):
    try:
        answer = rules.check_period(year=2026, from_date=first, to_date=last)
    except rules.ThemeRefused as refusal:
        answer = refusal.code
    assert answer == code


def wish(title="Rekenen", reason=""):
    return services.NewTheme(title, date(2026, 9, 1), date(2026, 12, 18), reason=reason)


def add(school, by, title="Rekenen", reason=""):
    return services.add_theme(school=school, wish=wish(title, reason), may_override=True, by=by, now=NOW)


@pytest.mark.django_db
def test_the_third_is_logged_with_its_own_act_and_a_dropped_one_does_not_count():
    school = a_school()
    coach = a_role(Role.SCHOOL_COACH, school)
    first, _second = add(school, coach), add(school, coach, "Lezen")
    with pytest.raises(rules.TooManyThemes):
        add(school, coach, "Burgerschap")
    assert add(school, coach, "Burgerschap", REASON).exception_reason == REASON
    services.change_state(theme=first, state="DROPPED", by=coach, now=NOW)
    acts = list(AuditEntry.objects.filter(school_id=school.pk).order_by("pk").values_list("act", flat=True))
    assert acts == ["boards.theme_added"] * 2 + ["boards.theme_added_over_limit", "boards.theme_dropped"]


@pytest.mark.django_db
def test_a_closed_theme_ends_its_adoptions_and_takes_no_new_ones():
    school = a_school()
    coach, team = a_role(Role.SCHOOL_COACH, school), a_team(school)
    theme = add(school, coach)
    services.adopt(theme=theme, team=team, by=coach, now=NOW)
    services.adopt(theme=theme, team=team, by=coach, now=NOW)
    assert ThemeAdoption.objects.count() == 1
    closed = services.change_state(theme=theme, state="CLOSED", by=coach, now=NOW)
    assert ThemeAdoption.objects.get().to_date == timezone.localdate(NOW)
    with pytest.raises(rules.ThemeRefused):
        services.adopt(theme=closed, team=team, by=coach, now=NOW)


@pytest.mark.django_db
def test_the_page_asks_the_reason_only_at_the_third(client):
    school = a_school()
    coach = a_role(Role.SCHOOL_COACH, school)
    sign_in(client, coach)
    page = reverse("boards:themes", args=[school.pk])
    today = timezone.localdate()
    year_end = date(today.year if today.month < 8 else today.year + 1, 7, 31)
    form = {"from_date": year_end - timedelta(days=20), "to_date": year_end}
    for title in ("Rekenen", "Lezen"):
        assert client.post(page, form | {"title": title}).status_code == 302
    refused = client.post(page, form | {"title": "Burgerschap"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert 'value="Burgerschap"' in refused.content.decode()
    assert client.post(page, form | {"title": "Burgerschap", "reason": REASON}).status_code == 302
    assert Theme.objects.count() == 3


@pytest.mark.django_db
def test_a_teacher_adopts_for_the_own_team_and_adds_nothing(client):
    school = a_school()
    coach, team = a_role(Role.SCHOOL_COACH, school), a_team(school)
    theme, other = add(school, coach), a_team(school)
    sign_in(client, a_member(team))
    page = reverse("boards:themes", args=[school.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"title": "Iets"}).status_code == 403
    adopt = reverse("boards:theme-adopt", args=[theme.pk])
    assert client.post(adopt, {"team": other.pk}).status_code == 404
    assert client.post(adopt, {"team": team.pk}).status_code == 302
    assert [a.team_id for a in ThemeAdoption.objects.filter(to_date=None)] == [team.pk]
    client.post(adopt, {"team": team.pk, "leave": "1"})
    assert not ThemeAdoption.objects.filter(to_date=None).exists()
    assert client.post(reverse("boards:theme-change", args=[theme.pk]), {"do": "close"}).status_code == 403


def test_every_act_of_the_boards_has_words():
    acts = {f"boards.theme_{state.lower()}" for state in ("ACTIVE", "CLOSED", "DROPPED")}
    acts |= {"boards.theme_added_over_limit", "boards.reader_invited", "boards.device_opened"}
    assert [act for act in acts if words_of(act) == act] == []
