"""Accept an invitation with an account of one's school: the mailed link says who, the account says it again later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.rules.federation import Arrival, check_place
from leerkracht.accounts.services import federation
from leerkracht.organisations.models import Invitation
from leerkracht.organisations.queries.codes import leads_to

from .invitations import Welcome, accept_by_mail_link


@transaction.atomic
def accept_with_school_account(*, invitation: Invitation, arrival: Arrival, name: str, now: datetime) -> Welcome:
    """Let in whoever holds the mailed link, and link the account they came back with.

    Raises
    ------
    FederationRefused : ``other_school``, or ``duplicate_subject`` when that account is somebody else's
    InvitationRefused : the invitation does not open a door any more; nothing is linked
    """
    check_place(arrival, lambda code: leads_to(invitation, code, timezone.localdate(now)))
    welcome = accept_by_mail_link(invitation=invitation, name=name, now=now)
    federation.link(person=welcome.person, arrival=arrival, now=now)
    return welcome
