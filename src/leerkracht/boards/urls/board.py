"""The board outside a session: page, cards, layout, history, themes, readers, paper."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
