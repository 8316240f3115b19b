"""Open a door for somebody: by mail for one person, by QR for a team; and let them in."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leerkracht.accounts.models import Person
from leerkracht.accounts.services import audit
from leerkracht.accounts.services.people import make_person
from leerkracht.core.rules import gettext_noop as _
from leerkracht.organisations.kernel.tokens import digest_of
from leerkracht.organisations.models import Invitation, Role, RoleAssignment, Team, TeamMembership
from leerkracht.organisations.permissions import during
from leerkracht.organisations.rules.invitations import (
    MOST_PLACES,
    VALID_FOR,
    InvitationFacts,
    InvitationRefused,
    check_address,
    check_open,
)
from leerkracht.organisations.rules.teams import check_working

from .invitation_mail import send_invitation
from .members import add_member
from .roles import Post, give_role

_SALT = "leerkracht.organisations.invitation"
_INACTIVE = _("Met dit adres kun je niet meer inloggen. Vraag je schoolcoach hoe dat zit.")
_ALREADY_IN_TEAM = _("%(name)s zit al in dit team.")
_ALREADY_IN_ROLE = _("%(name)s heeft deze rol hier al.")
_ALREADY_INVITED = _("Voor %(email)s staat al een uitnodiging open. Stuur die opnieuw; dan krijgt die een nieuwe mail.")


@dataclass(frozen=True)
class Door:
    """Where an invitation leads: a team, or a role at its place."""

    team: Team | None = None
    post: Post | None = None

    def fields(self) -> dict[str, object]:
        if self.team is not None:
            return {"role": Role.TEACHER, "team": self.team}
        if self.post is None:
            raise ValueError("a door leads to a team or to a post")
        return {
            "role": self.post.role,
            "school": self.post.school,
            "governing_body": self.post.governing_body,
        }


@dataclass(frozen=True)
class Guest:
    """Whom a mail goes to."""

    email: str
    name: str = ""


@dataclass(frozen=True)
class Welcome:
    """What an accepted invitation brought."""

    person: Person
    invitation: Invitation


@transaction.atomic
def invite_by_mail(*, door: Door, guest: Guest, by: Person, now: datetime) -> Invitation:
    """Invite one person; the link in the mail proves the address. Who is in or invited already is refused."""
    _check_team(door)
    _check_newcomer(door, guest, now)
    return open_door(door=door, guest=guest, by=by, now=now)


@transaction.atomic
def open_door(*, door: Door, guest: Guest, by: Person, now: datetime) -> Invitation:
    """Mail a link without asking whether somebody is in already: a list gave the place, the link opens the door."""
    invitation = _make(door, by, now, email=guest.email.lower(), name=guest.name)
    transaction.on_commit(partial(send_invitation, invitation.pk, token_of(invitation), now))
    return invitation


@transaction.atomic
def invite_by_qr(*, team: Team, places: int, by: Person, now: datetime) -> Invitation:
    """Make a code for a whole team; each uses one place and proves the own address by a mailed code."""
    door = Door(team=team)
    _check_team(door)
    return _make(door, by, now, places=max(1, min(places, MOST_PLACES)))


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Person, now: datetime) -> Invitation:
    """Send the same link again and give it fourteen fresh days."""
    invitation = _locked(invitation.pk)
    facts = facts_of(invitation)
    check_open(InvitationFacts(now + VALID_FOR, facts.revoked_at, facts.places, facts.used), now=now)
    invitation.expires_at = now + VALID_FOR
    invitation.save(update_fields=["expires_at"])
    _record("organisations.invitation_resent", invitation, by, now)
    if invitation.email:
        transaction.on_commit(partial(send_invitation, invitation.pk, token_of(invitation), now))
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Person, now: datetime) -> Invitation:
    """Close the door; who already came in stays."""
    invitation = _locked(invitation.pk)
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        _record("organisations.invitation_revoked", invitation, by, now)
    return invitation


@transaction.atomic
def accept_by_mail_link(*, invitation: Invitation, name: str, now: datetime) -> Welcome:
    """Let in whoever holds the mailed link: it came to that mailbox, so it proves the address."""
    invitation = _locked(invitation.pk)
    if not invitation.email:
        raise ValueError("a QR proves no address")
    check_open(facts_of(invitation), now=now)
    person = Person.objects.filter(email__iexact=invitation.email).first()
    if person is None:
        person = make_person(email=invitation.email, name=name, by=invitation.created_by, now=now)
    return _let_in(invitation, person, now)


@transaction.atomic
def accept(*, invitation: Invitation, person: Person, now: datetime) -> Welcome:
    """Let in somebody who is signed in; who takes part already uses no place."""
    invitation = _locked(invitation.pk)
    check_address(invited=invitation.email, own=person.email)
    check_open(facts_of(invitation), now=now)
    return _let_in(invitation, person, now)


@transaction.atomic
def announce_newcomer(*, invitation: Invitation, guest: Guest, now: datetime) -> Person:
    """Return the person with this address, made without any right when unknown; a known name is never changed."""
    check_open(facts_of(invitation), now=now)
    person = Person.objects.filter(email__iexact=guest.email).first()
    if person is None:
        person = Person.objects.create_user(guest.email, name=guest.name)
        audit.record(act="accounts.registered", by=person, target=person, at=now)
    return person


def token_of(invitation: Invitation) -> str:
    """The secret in the link: it follows from the seed and the installation's key, and is stored nowhere."""
    secret = salted_hmac(_SALT, invitation.seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(secret[:24]).decode()


def facts_of(invitation: Invitation) -> InvitationFacts:
    return InvitationFacts(invitation.expires_at, invitation.revoked_at, invitation.places, invitation.used)


def _make(door: Door, by: Person, now: datetime, **more: object) -> Invitation:
    invitation = Invitation(
        **door.fields(),
        **more,
        seed=secrets.token_hex(16),
        created_by=by,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    invitation.token_digest = digest_of(token_of(invitation))
    invitation.save()
    _record("organisations.invited", invitation, by, now)
    return invitation


def _let_in(invitation: Invitation, person: Person, now: datetime) -> Welcome:
    if not person.is_active:
        raise InvitationRefused("inactive", _INACTIVE)
    if not _is_in(invitation, person, now):
        if invitation.team:
            add_member(team=invitation.team, person=person, by=person, now=now)
        else:
            post = Post(Role(invitation.role), invitation.school, invitation.governing_body)
            give_role(person=person, post=post, by=person, now=now)
    elif not invitation.email:
        return Welcome(person, invitation)
    invitation.used += 1
    invitation.save(update_fields=["used"])
    _record("organisations.invitation_accepted", invitation, person, now)
    return Welcome(person, invitation)


def _check_team(door: Door) -> None:
    if door.team is not None:
        check_working(is_archived=door.team.archived_at is not None)


def _check_newcomer(door: Door, guest: Guest, now: datetime) -> None:
    where = door.fields()
    person = Person.objects.filter(email__iexact=guest.email).first()
    if person and _is_in(Invitation(**where), person, now):
        text = _ALREADY_IN_TEAM if door.team else _ALREADY_IN_ROLE
        raise InvitationRefused("already", text, name=str(person))
    rows = Invitation.objects.filter(email__iexact=guest.email, revoked_at=None, used=0, expires_at__gt=now, **where)
    if rows.exists():
        raise InvitationRefused("already_invited", _ALREADY_INVITED, email=guest.email)


def _is_in(invitation: Invitation, person: Person, now: datetime) -> bool:
    today = timezone.localdate(now)
    if invitation.team:
        return TeamMembership.objects.filter(during(today), team=invitation.team, person=person).exists()
    return RoleAssignment.objects.filter(
        during(today),
        person=person,
        role=invitation.role,
        school=invitation.school,
        governing_body=invitation.governing_body,
    ).exists()


def _locked(pk: int) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("team__school", "school", "governing_body", "created_by").get(pk=pk)


def _record(act: str, invitation: Invitation, by: Person, now: datetime) -> None:
    school = invitation.team.school_id if invitation.team else invitation.school_id
    audit.record(act=act, by=by, target=invitation, school=school, governing_body=invitation.governing_body_id, at=now)
