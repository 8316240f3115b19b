"""The sign-in library's pages: how one gets in, and one's own keys. What they do is held by its own tests.

Who still owes a second factor reaches only what sets one up, shows one, or leaves.
"""

from __future__ import annotations

from ..rows import Row, open_row, row

# For visitors; who is signed in is sent home, who owes a second factor to where it is shown.
DOOR = open_row("cookies signed_in", rest="second_factor")
OWN = row("signed_in")
ON_THE_WAY = row("signed_in half")
NOTHING_YET = row()  # nobody here has an authenticator app or recovery codes
NOBODYS = row()  # somebody else's passkey
BOTH = ("GET", "POST")

MATRIX: dict[tuple[str, str], Row] = {
    **{(method, "account_login"): DOOR for method in BOTH},
    **{(method, "account_signup"): DOOR for method in BOTH},
    **{(method, "account_confirm_login_code"): DOOR for method in BOTH},
    **{(method, "account_logout"): open_row() for method in BOTH},
    ("GET", "account_inactive"): DOOR,
    ("POST", "account_inactive"): open_row("", rest="405", second_factor="half"),
    **{(method, "account_email"): OWN for method in BOTH},
    **{(method, "account_email_verification_sent"): OWN for method in BOTH},
    # Addresses that only lead on, to sign-in or to one's own page.
    **{(method, "account_request_login_code"): open_row("", rest="login", second_factor="half") for method in BOTH},
    **{(method, "mfa_index"): DOOR for method in BOTH},
    **{(method, "mfa_list_webauthn"): DOOR for method in BOTH},
    # The second factor; who has none cannot show it.
    **{(method, "mfa_authenticate"): OWN for method in BOTH},
    **{(method, "mfa_reauthenticate"): row(rest="403", s_403="half") for method in BOTH},
    **{(method, "mfa_reauthenticate_webauthn"): row(rest="403", s_403="half") for method in BOTH},
    **{(method, "mfa_activate_totp"): ON_THE_WAY for method in BOTH},
    **{(method, "mfa_deactivate_totp"): NOTHING_YET for method in BOTH},
    ("GET", "mfa_view_recovery_codes"): NOTHING_YET,
    ("POST", "mfa_view_recovery_codes"): row(rest="405"),
    **{(method, "mfa_generate_recovery_codes"): OWN for method in BOTH},
    **{(method, "mfa_download_recovery_codes"): NOTHING_YET for method in BOTH},
    **{(method, "mfa_add_webauthn"): ON_THE_WAY for method in BOTH},
    **{(method, "mfa_edit_webauthn"): NOBODYS for method in BOTH},
    **{(method, "mfa_remove_webauthn"): NOBODYS for method in BOTH},
    **{(method, "mfa_login_webauthn"): row("signed_in") for method in BOTH},
}
