"""Contacts: who keeps them where, and that nothing of them is lost."""

import pytest
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Contact, Location, Province, Region, Role, School
from leerkracht.organisations.permissions import reachable_contacts, reachable_schools, roles_at
from leerkracht.organisations.queries.roles import hats_of

from .factories import TODAY, a_contact, a_governing_body, a_person, a_role, a_school

pytestmark = pytest.mark.django_db
FACTS = {"name": "Wil Belmaar", "function": "directeur", "email": "wil@school.example", "phone": "06", "remark": ""}


def in_region(school, name="Regio Test"):
    region, _made = Region.objects.get_or_create(name=name)
    province, _made = Province.objects.get_or_create(name=f"Provincie {name}", defaults={"region": region})
    Location.objects.filter(school=school).update(province=province.name)
    return region


def kept_by(person):
    return set(Contact.objects.filter(reachable_contacts(person, TODAY)))


def test_an_expert_coach_keeps_the_contacts_of_the_own_region_and_nothing_else_there():
    here, elsewhere = a_school(), a_school()
    region = in_region(here)
    in_region(elsewhere, "Regio Anders")
    of_school, of_body = a_contact(here), a_contact(governing_body=here.governances.get().governing_body)
    a_contact(elsewhere)
    coach = a_role(Role.EXPERT_COACH, region=region).person
    assert kept_by(coach) == {of_school, of_body}
    for action in ("view", "edit", "oversee", "see_stage", "work", "invite_first_coach"):
        assert not School.objects.filter(reachable_schools(coach, action, TODAY)).exists()
    assert roles_at(coach, TODAY, school=here) == frozenset()


def test_an_expert_coach_of_schools_alone_keeps_no_contacts():
    school = a_school()
    in_region(school)
    a_contact(school)
    assert kept_by(a_role(Role.EXPERT_COACH, school=school).person) == set()


def test_a_change_coach_keeps_the_contacts_of_the_own_body():
    body = a_governing_body()
    own, other = a_contact(a_school(body)), a_contact(governing_body=body)
    a_contact()
    assert kept_by(a_role(Role.CHANGE_COACH, governing_body=body).person) == {own, other}


def test_the_hat_of_a_region_names_it():
    region = Region.objects.create(name="Regio Zee")
    coach = a_role(Role.EXPERT_COACH, region=region).person
    assert [(hat.label, hat.place_name) for hat in hats_of(coach, TODAY)] == [("expertcoach", "Regio Zee")]


@pytest.fixture
def central(client):
    someone = a_person("Otto Spil")
    a_role(Role.CENTRAL_TEAM, someone)
    sign_in(client, someone)
    return someone


def test_a_contact_is_added_changed_archived_and_brought_back_with_a_line_each(client, central):
    school = a_school()
    client.post(reverse("organisations:school-contact-add", args=[school.pk]), FACTS)
    contact = Contact.objects.get()
    assert (contact.name, contact.school, contact.function) == ("Wil Belmaar", school, "directeur")
    client.post(reverse("organisations:contact", args=[contact.pk]), FACTS | {"function": "intern begeleider"})
    client.post(reverse("organisations:contact-archive", args=[contact.pk]))
    contact.refresh_from_db()
    assert contact.function == "intern begeleider"
    assert contact.archived_at is not None
    client.post(reverse("organisations:contact-restore", args=[contact.pk]))
    contact.refresh_from_db()
    assert contact.archived_at is None
    acts = AuditEntry.objects.filter(act__startswith="organisations.contact").order_by("pk")
    assert [act.partition("_")[2] for act in acts.values_list("act", flat=True)] == [
        "added",
        "changed",
        "archived",
        "restored",
    ]


def test_a_form_without_a_name_keeps_what_was_typed(client, central):
    body = a_governing_body()
    answer = client.post(reverse("organisations:body-contact-add", args=[body.pk]), FACTS | {"name": " "})
    assert answer.status_code == 422
    assert "wil@school.example" in answer.content.decode()
    assert not Contact.objects.exists()


def names(client, query=""):
    page = client.get(reverse("organisations:contacts") + query).context["page"]
    return [contact.name for contact in page.object_list]


def test_the_list_is_searched_sorted_and_taken_along(client, central):
    a_contact(a_school(name="De Wilg"), name="Bas", function="directeur")
    a_contact(a_school(name="De Berk"), name="Ans", function="=1+1")
    a_contact(name="Weg", archived_at="2026-01-01T00:00:00Z")
    assert names(client) == ["Ans", "Bas"]
    assert names(client, "?q=wilg") == ["Bas"]
    assert names(client, "?sort=-place") == ["Bas", "Ans"]
    assert names(client, "?archived=on") == ["Ans", "Bas", "Weg"]
    file = client.get(reverse("organisations:contacts") + "?export=csv&q=ans").content.decode("utf-8-sig").splitlines()
    assert file[1].split(";")[:3] == ["De Berk", "Ans", "'=1+1"]


def test_the_list_costs_the_same_for_one_and_for_three(client, central, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("organisations:contacts"))
        return len(asked)

    a_contact()
    queries()  # the first look of the hour is written down
    one = queries()
    a_contact()
    a_contact(governing_body=a_governing_body())
    assert queries() == one
