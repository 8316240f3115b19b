"""People who come in from a school's own sign-in page."""
