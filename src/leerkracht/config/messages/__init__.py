"""The words of the product: Dutch in the source, English in one catalogue, without the system's gettext."""
