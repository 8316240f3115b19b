from django.urls import URLPattern, URLResolver, path

from .views.gallery import gallery
from .views.health import alive, ready
from .views.language import language
from .views.reports import policy_reports
from .views.security import security_txt

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", language, name="language"),
    path("gallery/", gallery, name="gallery"),
    path("policy-reports/", policy_reports, name="policy-reports"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("healthz", alive, name="alive"),
    path("readyz", ready, name="ready"),
]
