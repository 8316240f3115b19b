"""Run every check and test, say per section how it went, and end with pytest's own words."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import _postgres
import _setup

ROOT = _setup.ROOT
SLOW = ROOT / "tests" / "slow"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
MOST_LINES = 60  # of a check that failed
NOT_ORDINARY = "not browser and not slow"


@dataclass
class Run:
    """All sections so far: how each went, and pytest's closing lines."""

    results: list[tuple[str, str, float]] = field(default_factory=list)
    closings: list[str] = field(default_factory=list)

    @property
    def has_failed(self) -> bool:
        return any(result == "FAILED" for _name, result, _seconds in self.results)

    def check(self, name: str, *command: str) -> None:
        """Run one check, quiet unless it fails."""
        with self._section(name) as note:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                print(_shortened(done.stdout + done.stderr))
                note("FAILED")

    def tests(self, name: str, *arguments: str, surroundings: dict[str, str] | None = None) -> None:
        """Run pytest, showing what it says, and keep its closing line."""
        command = [_tool("python"), "-m", "pytest", "--tb=short", "--show-capture=no", "--maxfail=50", *arguments]
        with self._section(name) as note:
            env = {**os.environ, **(surroundings or {})}
            with subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE) as process:
                last = ""
                for line in process.stdout or ():
                    print(line, end="", flush=True)
                    last = line.strip() or last
            self.closings += [f"{name}:", last]
            if process.returncode == 5:
                note("no tests")
            elif process.returncode:
                note("FAILED")

    def skip(self, name: str, reason: str) -> None:
        """Say what was not run; where everything must run, that is a failure."""
        must = os.environ.get("CI") == "true"
        print(f"\n=== {name}: skipped. {reason}")
        self.results.append((name, "FAILED" if must else "skipped", 0.0))
        self.closings += [f"{name}:", f"skipped. {reason}"]

    def close(self) -> int:
        print("\n=== Summary")
        for name, result, seconds in self.results:
            print(f"{result:8}  {name}  ({seconds:.0f} s)")
        print("\n" + ("Something failed; see its section above." if self.has_failed else "Everything passed."))
        print("\n".join(self.closings), flush=True)
        return 1 if self.has_failed else 0

    @contextmanager
    def _section(self, name: str) -> Iterator[Callable[[str], None]]:
        print(f"\n=== {name}", flush=True)
        started, result = time.monotonic(), ["ok"]
        yield lambda word: result.__setitem__(0, word)
        self.results.append((name, result[0], time.monotonic() - started))


def main() -> int:
    # An end from outside unwinds like an error, so that no server stays behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__)
    parser.add_argument("--slow", metavar="SUITE", choices=suites(), help=f"a long suite: {', '.join(suites()) or '–'}")
    wanted, rest = parser.parse_known_args()
    _setup.environment(dev=True)
    run = Run()
    if wanted.slow:
        slow(run, wanted.slow, rest)
    else:
        checks(run)
        every_test(run, rest)
    return run.close()


def suites() -> list[str]:
    return sorted(path.stem for path in SLOW.glob("*.py") if not path.stem.startswith(("_", "conftest")))


def checks(run: Run) -> None:
    """What needs no test: form, types, contracts, translations, migrations."""
    leerkracht = (_tool("python"), "-m", "leerkracht.config.command")
    with surroundings():
        run.check("Format", _tool("ruff"), "format", "--check", ".")
        run.check("Rules of style", _tool("ruff"), "check", ".")
        run.check("Types", _tool("mypy"), "src")
        run.check("Rooms, floors and pure rules", _tool("lint-imports"), "--no-logo")
        run.check("Settings", *leerkracht, "check", "--fail-level", "WARNING")
        with real_use():
            run.check("Settings for real use", *leerkracht, "check", "--deploy", "--fail-level", "WARNING")
        run.check("Migrations match the models", *leerkracht, "makemigrations", "--check", "--dry-run")
        run.check("Every field is declared", *leerkracht, "privacy", "check")
        run.check("Translations", *leerkracht, "messages", "--check")
        run.check("Translations compile", *leerkracht, "messages", "--compile")


def every_test(run: Run, arguments: list[str]) -> None:
    """House rules, then everything on both databases, then the browser."""
    parallel = ("-n", "2", "-q", "-m", NOT_ORDINARY, "--ignore=tests/house", "--ignore=tests/slow")
    run.tests("House rules", "tests/house", "-q")
    run.tests("Tests on SQLite", *parallel, *arguments, surroundings={"DATABASE_URL": ""})
    folder = _postgres.tools()
    if folder:
        with _postgres.cluster(folder) as url:
            run.tests("Tests on PostgreSQL", *parallel, *arguments, surroundings={"DATABASE_URL": url})
    else:
        run.skip("Tests on PostgreSQL", "PostgreSQL is not installed (Debian: sudo apt-get install postgresql).")
    if chromium():
        browser = ("-q", "-m", "browser", "--ignore=tests/slow")
        run.tests("Tests in the browser", *browser, *arguments, surroundings={"DATABASE_URL": ""})
    else:
        run.skip("Tests in the browser", "Chromium is not installed (Debian: sudo apt-get install chromium).")


def slow(run: Run, suite: str, arguments: list[str]) -> None:
    """One long suite; one that asks both databases starts what it needs by itself."""
    run.tests(f"Long suite {suite}", f"tests/slow/{suite}.py", "-q", "-s", *arguments)


@contextmanager
def surroundings() -> Iterator[None]:
    """Keep the checks away from anybody's data."""
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("LEERKRACHT_") or name == "DATABASE_URL"]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="leerkracht-check-") as home:
        os.environ["LEERKRACHT_HOME"] = home
        yield
    os.environ.clear()
    os.environ.update(kept)


@contextmanager
def real_use() -> Iterator[None]:
    """Look, for a check, like an installation that people use."""
    real = {"LEERKRACHT_URL": "https://leerkracht.example", "LEERKRACHT_MAIL": "smtp://mail.example"}
    os.environ.update(real)
    yield
    for name in real:
        del os.environ[name]


def _shortened(text: str) -> str:
    lines = text.strip().split("\n")
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"… and {len(lines) - MOST_LINES} lines more"]
    return "\n".join(lines)


def chromium() -> str | None:
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def _tool(name: str) -> str:
    return str(Path(_setup.VENV) / "bin" / name)


if __name__ == "__main__":
    sys.exit(main())
