"""Print the end of the demo: who came back, how to read the table, and what to try next."""

from collections.abc import Sequence

from infra.local.demo.script import Line

_HEADS = ("person", "what happened", "asked by", "answers", "outcome", "changes", "as promised")
_LEGEND = """
  answers   what the caller was told: 202 accepted or still at work, 200 ended; a message on the
            queue is answered by no one, so the list of restores is asked what became of it
  changes   how often the tenant was changed for this person, counted by the tenant and not by the
            service: never more than once, however often it was asked"""
_NEXT = """
Next: `make serve` (or `python -m infra.local serve`) keeps it running. Open the desk it names,
http://127.0.0.1:7071/api/desk, sign in as anybody, and see Daan Peters, whose window closes
tomorrow, Bram Dekker, who lost a licence, or Jan de Wit, whose name somebody else has by now.
Lose somebody yourself: python -m infra.local lose hanna.vos@contoso.example"""


def table(lines: Sequence[Line]) -> str:
    """Show what happened, for a person to read."""
    rows = [_row(line) for line in lines]
    widths = [max(len(row[i]) for row in (_HEADS, *rows)) for i in range(len(_HEADS))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (_HEADS, tuple("-" * width for width in widths), *rows)
    ]
    return "\n".join(text)


def verdict(lines: Sequence[Line], *, is_same: bool) -> str:
    """Explain the table, and say whether all is as it must be."""
    wrong = [line.person for line in lines if not line.is_right]
    same = "Emma's second request found her first restore, and changed nothing."
    if not is_same:
        same = "WRONG: Emma's second request is another restore than her first."
    result = f"WRONG: {', '.join(wrong)}" if wrong else "Everything ended as promised."
    return f"{_LEGEND}\n\n{same}\n{result}\n{_NEXT}"


def _row(line: Line) -> tuple[str, ...]:
    promised = "yes" if line.is_right else f"NO: {line.code}, {line.changes} changes"
    door = "HTTP" if line.restore["requestedBy"]["door"] == "http" else "queue"
    answers = _short(line.answers)
    counted = str(line.counted)
    return (line.person, line.story, door, answers, line.outcome, counted, promised)


def _short(answers: Sequence[str]) -> str:
    """Repeated answers as `202 x3`."""
    parts: list[tuple[str, int]] = []
    for answer in answers:
        if parts and parts[-1][0] == answer:
            parts[-1] = (answer, parts[-1][1] + 1)
        else:
            parts.append((answer, 1))
    return ", ".join(text if count == 1 else f"{text} x{count}" for text, count in parts)
