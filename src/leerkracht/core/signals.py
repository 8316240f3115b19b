"""What core announces to rooms above it."""

from django.dispatch import Signal

# Somebody chose a language on this device; sent with ``request`` and ``language``, so that accounts can keep it
# with the person who is signed in.
language_chosen = Signal()

# A sign-in ended, here or from elsewhere; sent with ``session_key`` after the commit, so that open streams close.
sign_in_ended = Signal()

# Somebody took a list along as a file; sent with ``request``, ``name`` (msgid), ``count`` (lines), ``school`` and
# ``governing_body`` (row, id or None), so that accounts can write it in the audit trail.
list_exported = Signal()

# A page showed people's data to who stands outside their circle; sent with ``request``, ``page`` (msgid), ``about``,
# ``school`` and ``governing_body`` (row, id or None), so that accounts can write it in the audit trail.
people_shown = Signal()
