"""Write one line per log record to standard error, for functions and host alike."""

import logging
import sys
from datetime import UTC, datetime

_LEVELS = {
    "trace": logging.DEBUG,
    "debug": logging.DEBUG,
    "information": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "critical": logging.CRITICAL,
    "none": logging.CRITICAL,
}
# Their INFO is one record per request header: nobody reads a log that has those in it.
# The worker's own line at indexing lists every binding of every function, the host's a line each.
_CHATTY = (
    *("azure.core.pipeline.policies.http_logging_policy", "azure.identity", "httpx", "aiohttp"),
    "azure.functions",
)


class OneLineFormatter(logging.Formatter):
    """Format a record, its traceback included, as a single line with the UTC time first."""

    def format(self, record: logging.LogRecord) -> str:
        """Join the lines of a record by a literal backslash and n."""
        at = datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds")
        text = record.getMessage()
        if record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        line = f"{at} {record.levelname} {record.name}: {text}"
        return line.replace("\r", "").replace("\n", "\\n")


def set_up_logging(level_name: str) -> None:
    """Send every record of the process to standard error, from the level of `host.json` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLineFormatter())
    logging.basicConfig(
        level=_LEVELS.get(level_name.lower(), logging.INFO), handlers=[handler], force=True
    )
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
