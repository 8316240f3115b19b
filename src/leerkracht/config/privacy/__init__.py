"""What is kept, field by field, and why: ``privacy.toml``, what is missing in it, and the papers made from it."""
