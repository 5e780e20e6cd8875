"""Name the sending of the weekly report among the operations that the sweep sees to."""

# No restore, delivery or batch is called so.
REPORT_ID = "weekly-report"


def is_report_operation(text: str) -> bool:
    """Whether this id asks for the weekly report."""
    return text == REPORT_ID
