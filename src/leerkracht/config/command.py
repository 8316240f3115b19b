"""The command line: Django's management commands under one name."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkracht.config.settings")
    from django.core.management import execute_from_command_line  # reason: the settings are named first

    from leerkracht.config import environment, logging  # reason: the settings are named first

    logging.configure(environment.read().log_format)
    execute_from_command_line(["leerkracht", *(sys.argv[1:] or ["help"])])


if __name__ == "__main__":
    main()
