"""A school account is linked by an invitation or on the profile, never on a mail address."""

import json

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.management import call_command
from django.test import Client

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import TeamMembership
from leerkracht.organisations.tests.factories import a_member, a_person

from .coming_in import HERE, come_in, leave, linked, there, whose

pytestmark = pytest.mark.django_db


def test_linking_from_the_profile_and_letting_go(client, provider, teacher):
    sign_in(client, teacher)
    assert "Entree Federatie" in client.get("/profile/").content.decode()
    assert come_in(client, f"{HERE}link/").url == "/profile/"
    assert SocialAccount.objects.get().user == teacher
    assert mail.outbox[-1].subject == "Je schoolaccount is gekoppeld"
    assert come_in(client, f"{HERE}link/").url == "/profile/"
    row = SocialAccount.objects.get()
    assert client.post(f"/profile/school-accounts/{row.pk}/unlink/").url == "/profile/"
    assert not SocialAccount.objects.exists()
    acts = AuditEntry.objects.filter(actor_id=str(teacher.pk)).values_list("act", flat=True)
    assert {"accounts.school_account_linked", "accounts.school_account_unlinked"} <= set(acts)


def test_nobody_lets_go_of_somebody_elses_account(client, provider, teacher):
    row = linked(teacher, provider)
    sign_in(client, a_person())
    assert client.post(f"/profile/school-accounts/{row.pk}/unlink/").status_code == 404
    assert SocialAccount.objects.filter(pk=row.pk).exists()


def test_a_way_back_to_link_is_of_who_began_it(client, provider, teacher):
    """Somebody else who signed in on the same computer meanwhile does not get the account."""
    sign_in(client, teacher)
    back = there(leave(client, f"{HERE}link/"))
    session = client.session
    session["_auth_user_id"] = str(a_member(TeamMembership.objects.get().team).person.pk)
    session.save()
    client.get(back)
    assert not SocialAccount.objects.exists()


def test_an_invitation_is_accepted_with_a_school_account(client, provider, invited):
    assert "Aanvaarden met Entree Federatie" in client.get(invited).content.decode()
    assert come_in(client, purpose="accept", next=invited).url == invited
    page = client.get(invited).content.decode()
    assert "Je bent terug van Entree Federatie" in page
    assert not Person.objects.filter(email="nieuw@voorbeeld.invalid").exists()
    client.post(invited, {"name": "Nieuwe Collega", "school_account": "1"})
    newcomer = Person.objects.get(email="nieuw@voorbeeld.invalid")
    assert (whose(client), SocialAccount.objects.get().user) == (str(newcomer.pk), newcomer)
    client.logout()
    come_in(client)
    assert whose(client) == str(newcomer.pk)


def test_an_invitation_with_the_account_of_another_school_links_nothing(client, provider, invited):
    provider.told = {"nlEduPersonHomeOrganizationId": "02CD"}
    come_in(client, purpose="accept", next=invited)
    response = client.post(invited, {"name": "Nieuwe Collega", "school_account": "1"})
    assert "een school waar je in leerkracht niet werkt" in response.content.decode()
    assert not SocialAccount.objects.exists()
    assert not Person.objects.filter(email="nieuw@voorbeeld.invalid").exists()
    assert client.post(invited, {"name": "Nieuwe Collega"}).status_code == 302


def test_an_invitation_works_once_with_whatever_account(client, provider, invited):
    come_in(client, purpose="accept", next=invited)
    client.post(invited, {"name": "Nieuwe Collega", "school_account": "1"})
    other = Client()
    provider.subject = "iemand-anders@voorbeeldschool"
    come_in(other, purpose="accept", next=invited)
    assert other.post(invited, {"name": "Iemand Anders", "school_account": "1"}).status_code == 410
    assert SocialAccount.objects.count() == 1


def test_an_account_of_somebody_else_accepts_no_invitation(client, provider, invited, teacher):
    linked(teacher, provider)
    come_in(client, purpose="accept", next=invited)
    response = client.post(invited, {"name": "Nieuwe Collega", "school_account": "1"})
    assert "al van iemand anders" in response.content.decode()
    assert not Person.objects.filter(email="nieuw@voorbeeld.invalid").exists()


def test_the_check_says_what_to_register_and_what_is_wrong(provider, capsys):
    call_command("federation", "check", "--json")
    facts = json.loads(capsys.readouterr().out)
    assert (facts["redirect"], facts["problems"]) == (f"http://localhost:8000{HERE}back/", [])
    provider.published = {"id_token_signing_alg_values_supported": ["HS256"], "userinfo_endpoint": None}
    with pytest.raises(SystemExit):
        call_command("federation", "check")
    said = capsys.readouterr().out
    assert "none of the ways we accept" in said
    assert "no userinfo" in said
    assert "geheim" not in said
