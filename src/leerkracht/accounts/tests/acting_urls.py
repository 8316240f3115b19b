"""The product's addresses, and one act that reaches far."""

from django.http import HttpResponse
from django.urls import include, path

from leerkracht.accounts.queries.recent import recently_shown


@recently_shown
def act(request):
    return HttpResponse(f"done {request.POST.get('what', '')}")


urlpatterns = [path("act/", act, name="act"), path("", include("leerkracht.config.urls"))]
