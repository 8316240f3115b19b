"""The doors of the demonstration: be anyone, and read the mail that went out. Neither exists elsewhere."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leerkracht.accounts.services.demonstration import sign_in_as
from leerkracht.config.queries import demonstration
from leerkracht.core.views.access import public

View = Callable[..., HttpResponse]


def demonstration_only(view: View) -> View:
    """Refuse by itself: the address is not even known elsewhere, but an address is a thin wall."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@public("the demonstration's front door; everyone in it is made up")
@demonstration_only
@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    groups = demonstration.groups(timezone.localdate())
    return render(request, "config/demo.html", {"groups": groups, "starters": demonstration.starters(groups)})


@public("the demonstration's front door; everyone in it is made up")
@demonstration_only
@require_POST
def demo_sign_in(request: HttpRequest, person_id: int) -> HttpResponse:
    sign_in_as(request=request, person=get_object_or_404(demonstration.made_up_people(), pk=person_id))
    return redirect("home")


@public("in the demonstration no mail leaves the house; it is read here")
@demonstration_only
@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "config/demo_mail.html", {"mails": demonstration.mails(Path(settings.EMAIL_FILE_PATH))})
