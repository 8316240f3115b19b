"""Coming in from a school's own sign-in page: linked by invitation or profile, and twelve ways to be refused."""

import html
import time
from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.test import Client

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Role, TeamMembership
from leerkracht.organisations.tests.factories import a_member, a_person, a_role, a_school

from .coming_in import HERE, come_in, leave, linked, there, whose
from .fake_provider import CLIENT

pytestmark = pytest.mark.django_db


OTHER_SCHOOL, NO_SCHOOL = {"nlEduPersonHomeOrganizationId": "02CD"}, {"nlEduPersonHomeOrganizationId": None}
EXPIRED = int(time.time()) - 3600
# What a hostile or clumsy organisation may say, and what becomes of it: words of the page, or none for who is in.
TWELVE = {
    "issuer": ({"claims": {"iss": "https://iemand-anders.example"}}, "helpdesk: issuer"),
    "audience": ({"claims": {"aud": "een-andere-dienst"}}, "helpdesk: audience"),
    "nonce": ({"claims": {"nonce": "van-gisteren"}}, "helpdesk: nonce"),
    "azp": ({"claims": {"azp": "een-andere-dienst"}}, "helpdesk: azp"),
    "algorithm none": ({"algorithm": "none"}, "helpdesk: algorithm"),
    "expired": ({"claims": {"exp": EXPIRED, "iat": EXPIRED - 300}}, "helpdesk: expired"),
    "replayed": ({}, "Deze terugweg is al gebruikt"),
    "another school's BRIN": ({"told": OTHER_SCHOOL}, "een school waar je in leerkracht niet werkt"),
    "affiliation student": ({"told": {"eduPersonAffiliation": "student"}}, "van een leerling of student"),
    "BRIN missing": ({"told": NO_SCHOOL}, "vraag je ict-coördinator om het BRIN-nummer vrij te geven"),
    "six-character code": ({"told": {"nlEduPersonHomeOrganizationId": "01AB03"}}, ""),
    "duplicate subject": ({"subject": "van-een-ander"}, "al van iemand anders"),
}


def test_the_twelve(provider, teacher):
    """Each is refused with a page that says what to do, or mapped; none of them gets any further."""
    linked(teacher, provider)
    linked(a_person(), provider, subject="van-een-ander")
    usual, outcomes = dict(vars(provider)), {}
    for name, (changes, words) in TWELVE.items():
        vars(provider).update(usual | changes)
        client = Client()
        if name == "duplicate subject":
            page = come_in(sign_in(client, teacher), f"{HERE}link/").content.decode()
        elif name == "replayed":
            back = there(leave(client))
            client.get(back)
            client.logout()
            page = client.get(back).content.decode()
        else:
            page = come_in(client).content.decode()
        is_right = words in html.unescape(page) if words else whose(client) == str(teacher.pk)
        outcomes[name] = is_right and (not words or name == "duplicate subject" or not whose(client))
    good = sum(outcomes.values())
    print(f"\nfederation: {good} of {len(TWELVE)} hostile variants refused or mapped")
    assert outcomes == dict.fromkeys(TWELVE, True)


def test_a_linked_school_account_signs_in(client, provider, teacher):
    linked(teacher, provider)
    response = come_in(client, next="/profile/")
    assert (response.status_code, response.url) == (302, "/profile/")
    assert whose(client) == str(teacher.pk)
    assert AuditEntry.objects.filter(act="accounts.signed_in", actor_id=str(teacher.pk)).exists()


def test_nothing_but_issuer_and_subject_is_kept(client, provider, teacher):
    row = linked(teacher, provider)
    provider.told = {"givenName": "Piet", "email": "piet@school.example", "sn": "Pukkelen"}
    come_in(client)
    row.refresh_from_db()
    assert (row.extra_data, row.provider, row.uid) == ({}, provider.url, provider.subject)
    assert not SocialApp.objects.exists()
    assert not SocialToken.objects.exists()


PROOFS = {
    "azp missing with two receivers": ({"aud": [CLIENT, "een-andere-dienst"]}, "azp"),
    "nonce missing": ({"nonce": None}, "nonce"),
    "made long ago": ({"iat": EXPIRED}, "too_old"),
    "made tomorrow": ({"iat": EXPIRED + 90_000}, "too_old"),
    "no end": ({"exp": None}, "malformed"),
    "no subject": ({"sub": None}, "malformed"),
    "a subject too long": ({"sub": "x" * 192}, "malformed"),
}


@pytest.mark.parametrize("what", PROOFS)
def test_a_wrong_proof_is_refused(client, provider, teacher, what):
    provider.claims, code = PROOFS[what]
    linked(teacher, provider)
    response = come_in(client)
    refused(client, response, code)


@pytest.mark.parametrize(
    ("algorithm", "key", "code"),
    [("HS256", "own", "algorithm"), ("RS256", "other", "signature"), ("PS256", "own", "signature")],
)
def test_a_proof_that_their_key_did_not_sign_is_refused(client, provider, teacher, algorithm, key, code):
    provider.algorithm, provider.signs_with = algorithm, key
    linked(teacher, provider)
    refused(client, come_in(client), code)


def refused(client: Client, response, code: str, status: int = 403) -> str:
    """Nobody came in, and the page says what to do."""
    page = html.unescape(response.content.decode())
    assert response.status_code == status
    assert whose(client) == ""
    assert f"Voor de helpdesk: {code}" in page
    assert "Inloggen met een code in je mail" in page
    return page


def test_a_way_back_works_once(client, provider, teacher):
    linked(teacher, provider)
    back = there(leave(client))
    assert client.get(back).status_code == 302
    client.logout()
    page = html.unescape(client.get(back).content.decode())
    assert "Deze terugweg is al gebruikt" in page
    assert whose(client) == ""


def test_a_code_that_was_used_is_refused_with_a_fresh_state_too(client, provider, teacher):
    linked(teacher, provider)
    code = there(leave(client)).partition("code=")[2].partition("&")[0]
    provider.codes.clear()  # the organisation saw it before
    state = there(leave(client)).partition("state=")[2]
    response = client.get(f"{HERE}back/?code={code}&state={state}")
    assert response.status_code == 410
    assert whose(client) == ""


def test_a_code_of_another_browser_is_refused(provider, teacher):
    linked(teacher, provider)
    thief, victim = Client(), Client()
    back = there(leave(thief))
    assert victim.get(back).status_code == 410
    assert whose(victim) == ""


def test_a_code_put_into_another_browsers_state_is_refused(provider, teacher):
    """The proof has the nonce of the state it was asked with, and the code needs the verifier of that state."""
    linked(teacher, provider)
    thief, victim = Client(), Client()
    stolen = there(leave(thief)).partition("code=")[2].partition("&")[0]
    state = there(leave(victim)).partition("state=")[2]
    assert victim.get(f"{HERE}back/?code={stolen}&state={state}").status_code == 410
    assert whose(victim) == ""


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"eduPersonAffiliation": ["employee", "student"]}, "van een leerling of student"),
        ({"eduPersonAffiliation": None, "eduperson_scoped_affiliation": "Student@school.example"}, "van een leerling"),
        ({"eduPersonAffiliation": "affiliate"}, "een account van een medewerker"),
        ({"eduPersonAffiliation": None}, "een account van een medewerker"),
        ({"nlEduPersonHomeOrganizationId": "zomaar iets"}, "(het BRIN-nummer)"),
        ({"nlEduPersonHomeOrganizationId": "02CD01"}, "een school waar je in leerkracht niet werkt"),
        ({"sub": "iemand-anders"}, "Voor de helpdesk: subject"),
    ],
)
def test_who_should_not_come_in_hears_why_and_what_now(client, provider, teacher, told, words):
    provider.told = told
    a_school(code="02CD")
    linked(teacher, provider)
    response = come_in(client)
    assert response.status_code == 403
    assert whose(client) == ""
    assert words in html.unescape(response.content.decode())


def test_a_refused_school_stands_in_the_trail(client, provider, teacher):
    provider.told = {"nlEduPersonHomeOrganizationId": "02CD"}
    linked(teacher, provider)
    come_in(client)
    assert AuditEntry.objects.get(act="accounts.sign_in_refused").target_id == str(teacher.pk)


@pytest.mark.parametrize("brin", ["01AB03", "01ab", " 01AB00 "])
def test_six_characters_are_a_location_of_the_school(client, provider, teacher, brin):
    provider.told = {"nlEduPersonHomeOrganizationId": brin}
    linked(teacher, provider)
    assert come_in(client).status_code == 302
    assert whose(client) == str(teacher.pk)


def test_a_subject_that_is_somebody_elses_is_not_linked(client, provider, teacher):
    linked(teacher, provider)
    other = a_member(TeamMembership.objects.get().team).person
    sign_in(client, other)
    response = come_in(client, f"{HERE}link/")
    assert response.status_code == 409
    assert "al van iemand anders" in html.unescape(response.content.decode())
    assert SocialAccount.objects.get().user == teacher


def test_the_same_subject_at_another_organisation_is_somebody_else(client, provider, teacher):
    SocialAccount.objects.create(user=teacher, provider="https://ergens-anders.example", uid=provider.subject)
    response = come_in(client)
    assert response.status_code == 403
    assert "We kennen dit schoolaccount nog niet" in html.unescape(response.content.decode())


def test_an_unknown_account_is_never_joined_on_a_mail_address(client, provider, teacher):
    provider.told = provider.claims = {"email": teacher.email, "email_verified": True}
    assert come_in(client).status_code == 403
    assert (whose(client), SocialAccount.objects.count(), Person.objects.count()) == ("", 0, 1)


def test_who_left_does_not_come_in(client, provider, teacher):
    linked(teacher, provider)
    Person.objects.update(is_active=False)
    assert come_in(client).status_code == 403
    assert whose(client) == ""


def test_a_role_that_asks_a_second_factor_still_asks_it(client, provider, school):
    coach = a_role(Role.GOVERNING_BODY_LEAD, governing_body=school.governances.get().governing_body).person
    linked(coach, provider)
    come_in(client)
    assert client.get("/schools/").url.startswith("/second-factor/")


def test_cancelling_and_an_organisation_that_is_down_are_said_in_words(client, provider, teacher, settings):
    provider.denies = "access_denied"
    response = come_in(client)
    assert (response.status_code, "Er is niets gebeurd" in response.content.decode()) == (200, True)
    settings.FEDERATIONS = (replace(provider.federation(), issuer="http://127.0.0.1:9"),)
    response = client.post(HERE)
    assert (response.status_code, "antwoordt nu niet" in response.content.decode()) == (502, True)


@pytest.mark.parametrize(
    "published",
    [
        {"issuer": "https://iemand-anders.example"},
        {"token_endpoint": "http://elders.example/token"},
        {"jwks_uri": "ftp://elders.example/keys"},
        {"authorization_endpoint": None},
        {"userinfo_endpoint": "http://elders.example/userinfo"},
    ],
)
def test_an_organisation_that_publishes_something_else_is_not_trusted(client, provider, published):
    provider.published = published
    response = client.post(HERE)
    assert response.status_code == 403
    assert "Voor de helpdesk: published" in response.content.decode()


TENANT = "0f0e0d0c-0b0a-0908-0706-050403020100"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"tid": TENANT}, ""),
        ({"tid": "0f0e0d0c-0b0a-0908-0706-000000000000"}, "issuer"),
        ({"tid": "../organizations"}, "issuer"),
        ({"tid": None}, "issuer"),
    ],
)
def test_each_school_of_microsoft_is_an_issuer_of_its_own(client, provider, teacher, settings, claims, code):
    """It publishes an issuer with a blank, which each school's own number fills."""
    issuer = f"{provider.url}/{TENANT}/v2.0"
    settings.FEDERATIONS = (replace(provider.federation("microsoft"), issuer=f"{provider.url}/organizations/v2.0"),)
    provider.published = {"issuer": f"{provider.url}/{{tenantid}}/v2.0"}
    provider.claims = {"iss": issuer} | claims
    linked(teacher, replace(provider, url=issuer))
    response = come_in(client, "/account/school/microsoft/")
    if code:
        refused(client, response, code)
    assert whose(client) == ("" if code else str(teacher.pk))


def test_a_way_back_leads_to_our_own_pages_only(client, provider, teacher):
    linked(teacher, provider)
    assert come_in(client, next="https://elders.example/").url == "/"


def test_without_an_organisation_there_is_no_button_and_no_page(client):
    assert "account/school" not in client.get("/account/login/").content.decode()
    assert client.post(HERE).status_code == 404
    assert client.get(f"{HERE}back/").status_code == 404
