#!/usr/bin/env python
"""Command-line entry point of 清患 Qinghuan."""

import os
import sys

from common.street.database import database
from common.street.processes import StreetError


def main() -> None:
    """Run one management command, with the embedded database behind it unless DATABASE_URL says otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    try:
        with database(sys.argv):
            execute_from_command_line(sys.argv)
    except StreetError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
