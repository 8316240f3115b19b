"""Handing out and taking back roles."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.views.pages import show
from leerkracht.organisations.forms import RoleInviteForm
from leerkracht.organisations.models import Role, RoleAssignment
from leerkracht.organisations.queries import people, places
from leerkracht.organisations.services import roles as services
from leerkracht.organisations.services.invitations import Door, invite_by_mail
from leerkracht.organisations.services.roles import Post

from .answers import press, saves


def school_invite(request: PersonRequest, school_id: int) -> HttpResponse:
    """Invite a coach or leader; who may invite nobody here gets no form (403)."""
    now, today = timezone.now(), timezone.localdate()
    school = places.school_for(request.user, school_id, "view", today)
    roles = people.school_people(request.user, school, now, today).can_invite
    if not roles:
        raise PermissionDenied
    form = RoleInviteForm(request.POST or None, roles=roles, initial={"role": request.GET.get("rol", "")})
    back = reverse("organisations:school", args=[school.pk])
    return invite(request, form, Post(roles[0], school=school), {"place": school, "back": back})


def invite(request: PersonRequest, form: RoleInviteForm, post: Post, context: dict[str, object]) -> HttpResponse:
    """The page that all places share: whom, for which role; ``post`` says where."""
    if request.method == "POST" and saves(form, lambda: _invite(request, form, post), "email"):
        messages.success(request, _("De uitnodiging gaat naar %(email)s.") % form.cleaned_data)
        return redirect(str(context["back"]))
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/role_invite.html", context={"form": form, **context}, status=status)


@require_POST
def role_end(request: PersonRequest, role_id: int) -> HttpResponse:
    held = places.role_for(request.user, role_id, timezone.localdate())
    if held.school_id is None and held.governing_body_id is None:
        check_recently_shown(request)  # a role that reaches everywhere
    done = _("%(name)s is hier geen %(role)s meer. Vergissing? Dertig dagen lang zet je het op deze pagina terug.")
    values = {"name": held.person, "role": held.get_role_display()}
    end = services.end_role
    return press(request, lambda: end(held=held, by=request.user, now=timezone.now()), done % values, _back(held))


@require_POST
def role_restore(request: PersonRequest, role_id: int) -> HttpResponse:
    held = places.role_for(request.user, role_id, timezone.localdate())
    done = _("%(name)s is weer %(role)s.") % {"name": held.person, "role": held.get_role_display()}
    restore = services.restore_role
    return press(request, lambda: restore(held=held, by=request.user, now=timezone.now()), done, _back(held))


def _invite(request: PersonRequest, form: RoleInviteForm, post: Post) -> None:
    wanted = Post(Role(form.cleaned_data["role"]), post.school, post.governing_body)
    invite_by_mail(door=Door(post=wanted), guest=form.guest(), by=request.user, now=timezone.now())


def _back(held: RoleAssignment) -> str:
    if held.school_id:
        return reverse("organisations:school", args=[held.school_id])
    if held.governing_body_id:
        return reverse("organisations:body", args=[held.governing_body_id])
    return reverse("organisations:people")
