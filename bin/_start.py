"""Read the arguments, set up the environment, then hand over to ``leerkracht up``."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
from pathlib import Path

import _setup

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def main() -> None:
    wanted = arguments()
    check_port(wanted.host, wanted.port)
    files = [str(Path(name).resolve()) for name in wanted.register]
    if missing := [name for name in files if not Path(name).is_file()]:
        sys.exit(f"There is no file {missing[0]}.")
    if wanted.fresh:
        put_aside(Path(os.environ.get("LEERKRACHT_HOME") or _setup.ROOT / "var"))
    surroundings(wanted.host, wanted.port)
    python = str(_setup.environment(dev=False))
    command = [python, "-m", "leerkracht.config.command", "up", "--host", wanted.host, "--port", str(wanted.port)]
    command += ["--register", *files] if files else []
    os.execv(python, command)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/start", description="Set up leerkracht and serve the demonstration.")
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; default 127.0.0.1")
    parser.add_argument("--register", nargs="+", default=[], metavar="FILE", help="load lists of the national register")
    parser.add_argument("--fresh", action="store_true", help="put the present data aside and start with new")
    return parser.parse_args()


def check_port(host: str, port: int) -> None:
    """Stop before the long work when nobody could be served."""
    if not 0 < port < 65536:
        sys.exit(f"--port is {port}. Allowed: 1 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            sys.exit(f"Port {port} needs an administrator. Choose one above 1023: bin/start --port 8000")
        except socket.gaierror:
            sys.exit(f"--host is {host!r}, which is no address of this machine.")
        except OSError as error:
            if error.errno == 99:
                sys.exit(f"--host is {host!r}, which is no address of this machine.")
            sys.exit(f"Port {port} is taken by another program. Choose another one: bin/start --port {port + 1}")


def put_aside(home: Path) -> None:
    """Keep the old data under another name; nothing is ever deleted here."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("--fresh works with the embedded database only. Point DATABASE_URL at an empty database instead.")
    if home.exists():
        aside = home.with_name(f"{home.name}-aside-{time.strftime('%Y%m%d-%H%M%S')}")
        home.rename(aside)
        print(f"The present data now stands in {aside}.", flush=True)


def surroundings(host: str, port: int) -> None:
    """Say what the product must know of its address, unless the caller already did."""
    # A passkey needs a name: the page is localhost even though the socket is 127.0.0.1.
    name = "localhost" if host in (*LOOPBACK, "0.0.0.0", "::") else host
    os.environ.setdefault("LEERKRACHT_DEMO", "yes")
    os.environ.setdefault("LEERKRACHT_URL", f"http://{f'[{name}]' if ':' in name else name}:{port}")
    if host not in LOOPBACK:
        names = {"localhost", "127.0.0.1", name, socket.gethostname(), *own_addresses()}
        os.environ.setdefault("LEERKRACHT_HOSTS", ",".join(sorted(names)))


def own_addresses() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


if __name__ == "__main__":
    main()
