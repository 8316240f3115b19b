"""Pages about oneself; the sign-in pages themselves are the library's, in our words."""

from .federation import federation_back, federation_link, federation_start, federation_unlink
from .own_data import erase, own_data
from .profile import profile, sign_out_elsewhere, still_here
from .sign_in import one_time_link, second_factor

__all__ = [
    "erase",
    "federation_back",
    "federation_link",
    "federation_start",
    "federation_unlink",
    "one_time_link",
    "own_data",
    "profile",
    "second_factor",
    "sign_out_elsewhere",
    "still_here",
]
