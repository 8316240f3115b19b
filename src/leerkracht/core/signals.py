"""What core announces to rooms above it."""

from django.dispatch import Signal

# Somebody chose a language on this device; sent with ``request`` and ``language``, so that accounts can keep it
# with the person who is signed in.
language_chosen = Signal()
