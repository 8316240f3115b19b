"""What describes the hot paths (which the event loop answers, see ``boards/asgi``)."""

from django.urls import URLPattern, URLResolver, path

from ..views.openapi import openapi

urlpatterns: list[URLPattern | URLResolver] = [path("api/openapi.json", openapi, name="openapi")]
