"""One's own page: name, language, address, keys, and where one is signed in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leerkracht.accounts.forms import ProfileForm
from leerkracht.accounts.queries import federation, keys, second_factor, sessions
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.accounts.services import people, sign_in


def profile(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        people.change_profile(person=request.user, **form.cleaned_data, now=now)
        with override(request.user.language):
            messages.success(request, _("Dat is bewaard."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "school_accounts": federation.school_accounts_of(request.user),
        "keys": keys.keys_of(request.user),
        "must_have_key": second_factor.needs_second_factor(request.user),
        "sign_ins": sessions.sign_ins_of(request.user, current_key=request.session.session_key or "", now=now),
    }
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@never_cache
def still_here(request: PersonRequest) -> HttpResponse:
    """Count as a sign of life for who reads or writes long, or works where requests pass this room by."""
    return HttpResponse(status=204)


@require_POST
def sign_out_elsewhere(request: PersonRequest) -> HttpResponse:
    ended = sign_in.end_elsewhere(
        person=request.user, current_key=request.session.session_key or "", now=timezone.now()
    )
    done = ngettext(
        "Je bent op één andere plek uitgelogd.", "Je bent op %(count)s andere plekken uitgelogd.", ended
    ) % {"count": ended}
    messages.success(request, done if ended else _("Je was nergens anders ingelogd."))
    return redirect("accounts:profile")
