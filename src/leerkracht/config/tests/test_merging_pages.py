"""The pages on which two persons become one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkracht.accounts.models import PersonMerge
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Role
from leerkracht.organisations.tests.factories import a_person, a_role


@pytest.fixture
def central(db):
    return a_role(Role.CENTRAL_TEAM, a_person("Cor Centraal")).person


@pytest.mark.parametrize("role", [Role.CENTRAL_TEAM, Role.ADMINISTRATOR])
def test_the_page_finds_shows_and_merges(client, db, role):
    first, second = (a_person(name) for name in ("Ans Dubbel", "A. Dubbel"))
    sign_in(client, a_role(role).person)
    page = reverse("organisations:merge")
    assert [p.name for p in client.get(page, {"q": "dubbel"}).context["found"]] == ["A. Dubbel", "Ans Dubbel"]
    two = {"first": first.pk, "second": second.pk}
    assert client.get(page, two).status_code == 200
    answer = client.post(page, two)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["email", "name", "other"])
    chosen = two | {"name": "Ans Dubbel", "email": second.email, "other": "keep"}
    assert client.post(page, chosen).status_code == 302
    first.refresh_from_db()
    assert (first.name, first.email) == ("Ans Dubbel", second.email)
    merge = PersonMerge.objects.get()
    assert client.post(reverse("organisations:merge-undo", args=[merge.pk])).status_code == 302
    second.refresh_from_db()
    assert second.is_active


def test_who_may_not_be_merged_is_not_found(client, central):
    boss, coach = a_role(Role.ADMINISTRATOR, a_person("Bea Baas")).person, a_person("Bea Begin")
    sign_in(client, central)
    page = reverse("organisations:merge")
    assert [p.name for p in client.get(page, {"q": "bea"}).context["found"]] == ["Bea Begin"]
    answer = client.post(page, {"first": boss.pk, "second": coach.pk, "name": "Bea Baas"})
    assert answer.status_code == 422
    assert not PersonMerge.objects.exists()


def test_the_search_costs_the_same_for_few_and_many(client, central):
    sign_in(client, central)
    counts = []
    for _round in range(2):
        a_person("Ans Dubbel")
        client.get(reverse("organisations:merge"), {"q": "dubbel"})
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("organisations:merge"), {"q": "dubbel"})
        counts.append(len(asked))
    assert counts[0] == counts[1]
