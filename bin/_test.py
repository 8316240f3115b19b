"""Set up the environment with the development tools, then hand over to the checks."""

import os
import sys

import _setup

if __name__ == "__main__":
    python = _setup.environment(dev=True)
    os.execv(python, [str(python), "-m", "pytest", *sys.argv[1:]])
