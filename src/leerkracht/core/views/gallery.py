"""The gallery: every component in every state, for who builds and who judges."""

from django.http import HttpRequest, HttpResponse

from leerkracht.core.views.access import public
from leerkracht.core.views.pages import show


@public("shows components with made-up content, no data")
def gallery(request: HttpRequest) -> HttpResponse:
    return show(request, "core/gallery.html")
