"""Every address of the product; rooms bring their own."""

from django.conf import settings
from django.urls import URLPattern, include, path

from .views import audit_list, demo, demo_mail, demo_sign_in, home, purge_list

handler403 = "leerkracht.core.views.pages.not_allowed"
handler404 = "leerkracht.core.views.pages.not_found"
handler429 = "leerkracht.core.views.pages.too_often"  # allauth's, and ours
handler500 = "leerkracht.core.views.pages.went_wrong"


def demonstration_pages() -> list[URLPattern]:
    """Pages that exist in the demonstration alone; each also refuses by itself."""
    return [
        path("demo/", demo, name="demo"),
        path("demo/as/<int:person_id>/", demo_sign_in, name="demo-sign-in"),
        path("demo/mail/", demo_mail, name="demo-mail"),
    ]


urlpatterns = [
    path("", home, name="home"),
    path("audit/", audit_list, name="audit"),
    path("audit/purge/", purge_list, name="purge"),
    path("", include("leerkracht.core.urls")),
    path("", include("leerkracht.accounts.urls")),
    path("account/", include("leerkracht.accounts.urls.sign_in")),
    path("", include("leerkracht.organisations.urls")),
    path("", include("leerkracht.boards.urls")),
    *(demonstration_pages() if settings.DEMONSTRATION else []),
]
