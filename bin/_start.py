"""Set up the environment, then hand over to ``leerkracht up``."""

import os
import sys

import _setup

if __name__ == "__main__":
    python = _setup.environment(dev=False)
    os.environ.setdefault("LEERKRACHT_DEMO", "yes")
    os.execv(python, [str(python), "-m", "leerkracht.config.command", "up", *sys.argv[1:]])
