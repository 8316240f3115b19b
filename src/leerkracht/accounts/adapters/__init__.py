"""Where the sign-in library asks how this product does things."""

from .account import AccountAdapter, SecondFactorAdapter

__all__ = ["AccountAdapter", "SecondFactorAdapter"]
