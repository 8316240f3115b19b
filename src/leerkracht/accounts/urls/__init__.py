from django.urls import path

from leerkracht.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/sign-out-elsewhere/", views.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("profile/own-data/", views.own_data, name="own-data"),
    path("profile/erase/", views.erase, name="erase"),
    path("still-here/", views.still_here, name="still-here"),
    path("second-factor/", views.second_factor, name="second-factor"),
    path("account/school/<slug:slug>/", views.federation_start, name="federation-start"),
    path("account/school/<slug:slug>/link/", views.federation_link, name="federation-link"),
    path("account/school/<slug:slug>/back/", views.federation_back, name="federation-back"),
    path("profile/school-accounts/<int:account_id>/unlink/", views.federation_unlink, name="federation-unlink"),
    path("sign-in-link/<str:token>/", views.one_time_link, name="one-time-link"),
]
