"""Make the environment with the standard library alone: uv in .tools/, the locked packages in .venv/."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV_VERSION = "0.13.9"
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"


def environment(*, dev: bool) -> Path:
    """Bring .venv to what uv.lock says and return its Python."""
    uv = _uv()
    if not VENV.exists():
        print("Installing the locked packages into .venv …", flush=True)
    command = [uv, "sync", "--frozen", "--quiet"]
    # Without the development tools, leave them in place when a developer has them already.
    command += [] if dev else ["--no-dev", "--inexact"]
    _run(command, "the packages of uv.lock", env=_clean())
    return VENV / "bin" / "python"


def _uv() -> str:
    """Return a uv of the one version that made the lock file, installing it when needed."""
    path, mark = TOOLS / "bin" / "uv", TOOLS / f"uv-{UV_VERSION}"
    if path.exists() and mark.exists():
        return str(path)
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "This Python cannot make virtual environments.\n"
            f"On Debian and Ubuntu: sudo apt-get install python3-venv (or python{version}-venv). Then start again."
        )
    print("First time here: fetching the installer (uv) …", flush=True)
    venv.create(TOOLS, with_pip=True, clear=True)
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, f"uv=={UV_VERSION}"], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stderr}\nCould not install uv {UV_VERSION}. Is the package index reachable? Try again.")
    mark.touch()
    return str(path)


def _clean() -> dict[str, str]:
    """Return the surroundings for uv: this Python, bytecode compiled, our own .venv and no other."""
    env = dict(os.environ)
    env.pop("VIRTUAL_ENV", None)
    env.update(
        UV_PROJECT_ENVIRONMENT=str(VENV),
        UV_PYTHON=sys.executable,
        UV_PYTHON_DOWNLOADS="never",
        UV_COMPILE_BYTECODE="1",
        UV_NO_PROGRESS="" if sys.stderr.isatty() else "1",
    )
    return env


def _run(command: list[str], what: str, *, env: dict[str, str]) -> None:
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        sys.exit(f"\nCould not install {what}; the lines above say why. Is the package index reachable? Try again.")
