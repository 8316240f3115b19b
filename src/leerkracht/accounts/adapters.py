"""Where allauth asks how this product does things."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    pass


class SecondFactorAdapter(DefaultMFAAdapter):
    pass
