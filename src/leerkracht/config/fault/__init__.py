"""Break the product on purpose and count what was lost: a server of its own, on data of its own, killed at will."""
