"""Bring an installation to what this version needs: words, static files, database, starting content."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands

from leerkracht.config.messages import catalogue
from leerkracht.config.serving import backups, schema

MARK = ".made-from"


@dataclass(frozen=True)
class Preparation:
    """The steps before serving; ``say`` shows progress."""

    say: Callable[[str], None]

    def run(self, *, register: list[str]) -> None:
        self.words()
        self.static_files()
        self.database()
        self.content()
        if register:
            with self._step(f"The national register ({', '.join(Path(file).name for file in register)})"):
                call_command("import_register", *register, verbosity=0)
        if settings.DEMONSTRATION:
            self.demonstration()

    def words(self) -> None:
        if catalogue.is_stale():
            with self._step("English translations"):
                catalogue.compile_all()

    def static_files(self) -> None:
        """Collect only when a file changed; hashing and compressing takes seconds."""
        now, mark = fingerprint(), Path(settings.STATIC_ROOT) / MARK
        if mark.exists() and mark.read_text() == now:
            return
        with self._step("Styles, scripts and icons"):
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            mark.write_text(now)

    def database(self) -> None:
        waiting = schema.pending()
        if not waiting:
            return
        if schema.holds_data():
            with self._step(f"Backup before {len(waiting)} changes to the database"):
                backups.make_automatic()
        with self._step(f"Database ({len(waiting)} steps)"):
            call_command("migrate", interactive=False, verbosity=0)

    def content(self) -> None:
        if "load_content" in get_commands():
            with self._step("Starting content"):
                call_command("load_content", verbosity=0)

    def demonstration(self) -> None:
        if "demo" in get_commands() and not apps.get_model("accounts.Person").objects.exists():
            with self._step("Demonstration world"):
                call_command("demo", verbosity=0)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        self.say(f"  {name} …")
        yield
        self.say(f"  {name}: done in {time.perf_counter() - started:.1f} s")


def fingerprint() -> str:
    """Return a mark that changes when any static file does: its name, size or moment."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            seen.update(f"{name}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()
