"""What rooms tell core about themselves at start-up, so that core can ask them without knowing them."""
