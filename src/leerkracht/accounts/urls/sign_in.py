"""The sign-in library's addresses, without everything that has to do with passwords: nobody has one."""

from allauth.account import urls as account
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView

PASSWORD_PAGES = {
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reauthenticate",
}
# The library's second page that asks for an address; one is enough.
SAME_AS_SIGN_IN = "account_request_login_code"
# Where the library lists keys, we show the profile.
KEYS = RedirectView.as_view(url=reverse_lazy("accounts:profile"))

urlpatterns = [
    *(page for page in account.urlpatterns if page.name not in PASSWORD_PAGES | {SAME_AS_SIGN_IN}),
    path("login/code/", RedirectView.as_view(pattern_name="account_login", query_string=True), name=SAME_AS_SIGN_IN),
    path("2fa/", KEYS, name="mfa_index"),
    path("2fa/webauthn/", KEYS, name="mfa_list_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
