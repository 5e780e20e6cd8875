"""Check the settings in this process's environment: `python -m shared.settings`."""

import os
import sys

from shared.errors import ConfigurationError
from shared.settings.all_settings import read_settings
from shared.texts.reader import Reader
from shared.texts.render import words


def main() -> int:
    """0 when the settings can be used, with what is doubtful on stderr; else 2, and each fault."""
    try:
        settings = read_settings(os.environ)  # noqa: TID251 - this command is about the environment
    except ConfigurationError as error:
        sys.stderr.writelines(f"{fault}\n" for fault in error.faults)
        return 2
    told = [words(doubt, Reader()) for doubt in settings.doubts]
    sys.stderr.writelines(f"{doubt.message} {doubt.fix}\n" for doubt in told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
