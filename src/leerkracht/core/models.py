"""What the ground floor keeps in the database."""

from __future__ import annotations

from django.db import models


class KeptValue(models.Model):
    """A value of Django's cache: a count under a hashed key, worthless after it expires. Django reads and writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.cache_key[:8]} until {self.expires:%Y-%m-%d %H:%M}"
