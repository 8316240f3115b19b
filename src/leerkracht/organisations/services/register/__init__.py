"""Take register files in, each wholly or not at all."""

from .taking import Outcome, Source, import_register, preview_register

__all__ = ["Outcome", "Source", "import_register", "preview_register"]
