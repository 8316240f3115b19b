"""Every address of the product; rooms bring their own."""

from django.urls import include, path

from .views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("leerkracht.core.urls")),
    path("", include("leerkracht.accounts.urls")),
    path("account/", include("leerkracht.accounts.urls.sign_in")),
    path("", include("leerkracht.organisations.urls")),
    path("", include("leerkracht.boards.urls")),
]
