"""Invitations: found by the secret in their link, and shown as a code."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.urls import reverse

from leerkracht.organisations.kernel.tokens import digest_of
from leerkracht.organisations.models import Invitation


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that this secret opens, or nothing; whether it is still open is for the rules."""
    rows = Invitation.objects.select_related("team__school", "school", "governing_body", "created_by")
    return rows.filter(token_digest=digest_of(token)).first()


def link_of(token: str) -> str:
    return settings.BASE_URL + reverse("organisations:invitation", args=[token])


def qr_of(token: str) -> str:
    """The link as an SVG that scales."""
    out = io.BytesIO()
    segno.make(link_of(token), error="m").save(out, kind="svg", border=2, xmldecl=False, omitsize=True, light="#fff")
    return out.getvalue().decode()
