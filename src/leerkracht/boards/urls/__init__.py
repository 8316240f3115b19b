"""Addresses of the boards; each subject keeps its own list."""

from django.urls import URLPattern, URLResolver

from .api import urlpatterns as api_urls
from .board import urlpatterns as board_urls
from .session import urlpatterns as session_urls

app_name = "boards"
urlpatterns: list[URLPattern | URLResolver] = [*api_urls, *board_urls, *session_urls]
