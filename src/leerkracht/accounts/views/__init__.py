"""Pages about oneself; the sign-in pages themselves are the library's, in our words."""

from .profile import profile, sign_out_elsewhere, still_here
from .sign_in import one_time_link, second_factor

__all__ = ["one_time_link", "profile", "second_factor", "sign_out_elsewhere", "still_here"]
