"""Check the settings in this process's environment: `python -m shared.settings`."""

import os
import sys

from shared.errors import ConfigurationError
from shared.settings import read_settings


def main() -> int:
    """0 and silent when the settings are fine; else 2, and one fault per line on stderr."""
    try:
        read_settings(os.environ)  # noqa: TID251 - this command is about the environment
    except ConfigurationError as error:
        sys.stderr.writelines(f"{fault}\n" for fault in error.faults)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
