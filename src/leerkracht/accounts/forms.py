"""What people fill in to sign in or register."""

from allauth.account.forms import SignupForm


class ReaderSignupForm(SignupForm):
    pass
