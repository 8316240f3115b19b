"""The addresses as the demonstration has them, for tests that run outside it."""

from django.urls import include, path

from leerkracht.config.urls import demonstration_pages

urlpatterns = [path("", include("leerkracht.config.urls")), *demonstration_pages()]
