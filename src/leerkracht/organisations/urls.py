from django.urls import URLPattern, URLResolver, path

from .views.hats import hat_switch

app_name = "organisations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pet/", hat_switch, name="hat-switch"),
]
