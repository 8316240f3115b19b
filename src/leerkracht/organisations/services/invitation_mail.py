"""The mail that carries an invitation, as text and in the look of the product."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Invitation, Role
from leerkracht.organisations.queries.invitations import link_of

logger = logging.getLogger(__name__)


def send_invitation(invitation_id: int, token: str, now: datetime) -> None:
    """Send it; a mail that could not leave is logged, and the list shows that it was not sent."""
    rows = Invitation.objects.select_related("team__school", "school", "governing_body", "created_by")
    invitation = rows.get(pk=invitation_id)
    with translation.override(_language(invitation.email)):
        mail = _mail(invitation, token)
    try:
        mail.send()
    except OSError:
        logger.exception("invitation %s could not be mailed", invitation_id)
        return
    Invitation.objects.filter(pk=invitation_id).update(sent_at=now)


def place_words(invitation: Invitation) -> str:
    """What somebody is invited for, in the reader's language: a team, or a role at a place."""
    if invitation.team:
        values = {"team": invitation.team.name, "school": invitation.team.school.name}
        return gettext("team %(team)s van %(school)s") % values
    role = str(Role(invitation.role).label)
    place = invitation.school or invitation.governing_body
    return gettext("%(role)s bij %(place)s") % {"role": role, "place": place} if place else role


def _mail(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    context = {
        "invitation": invitation,
        "host": str(invitation.created_by),
        "place": place_words(invitation),
        "link": link_of(token),
    }
    subject = gettext("%(host)s nodigt je uit voor %(place)s") % {"host": context["host"], "place": context["place"]}
    text = render_to_string("organisations/mail/invitation.txt", context)
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, to=[invitation.email])
    mail.attach_alternative(render_to_string("organisations/mail/invitation.html", context), "text/html")
    return mail


def _language(email: str) -> str:
    known = Person.objects.filter(email__iexact=email).values_list("language", flat=True).first()
    return known or settings.LANGUAGE_CODE
