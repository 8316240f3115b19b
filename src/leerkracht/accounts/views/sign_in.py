"""The second factor asked by a role, and the link that signs in once."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.accounts.queries.second_factor import has_second_factor, is_verified
from leerkracht.accounts.services.sign_in import person_of_link
from leerkracht.core.views.access import public


@never_cache
def second_factor(request: PersonRequest) -> HttpResponse:
    """Say why a second factor is asked, and offer both kinds; who has one shows it."""
    back = request.GET.get("next", "")
    back = back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else ""
    if is_verified(request.session, request.user):
        return redirect(back or "home")
    again_url = f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back or reverse('home')})}"
    context = {"has_one": has_second_factor(request.user), "again_url": again_url}
    return render(request, "accounts/second_factor.html", context)


@public("whoever holds the link has no other way in yet")
@never_cache
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press, so that a mail program that opens links does not use it up."""
    person = person_of_link(token)
    if person is None:
        return render(request, "accounts/one_time_link.html", {"person": None}, status=410)
    if request.method == "POST":
        response: HttpResponse = perform_login(request, person, email_verification="none", redirect_url="/")
        return response
    return render(request, "accounts/one_time_link.html", {"person": person})
