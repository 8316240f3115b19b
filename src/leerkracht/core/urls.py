from django.urls import URLPattern, URLResolver, path

from .views.gallery import gallery
from .views.health import alive, ready
from .views.language import language

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", language, name="language"),
    path("gallery/", gallery, name="gallery"),
    path("healthz", alive, name="alive"),
    path("readyz", ready, name="ready"),
]
