from django.urls import path

from leerkracht.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profiel/", views.profile, name="profile"),
    path("profiel/elders-uitloggen/", views.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("tweede-sleutel/", views.second_factor, name="second-factor"),
    path("inloglink/<str:token>/", views.one_time_link, name="one-time-link"),
]
