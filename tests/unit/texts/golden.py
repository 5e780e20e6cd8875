"""Write what each reader is told of each outcome, as a file to review over a change.

    .venv/bin/python -m tests.unit.texts.golden

writes the files anew; a test holds them to the catalogue, so that no word changes unseen.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from shared.domain.outcomes import Code
from shared.texts.reader import Language
from shared.texts.render import catalogue, words
from tests.unit.texts.samples import READERS, sample

FOLDER = Path(__file__).parent / "golden"


def golden(language: Language) -> str:
    """Every outcome in this language, with the readers who are told the same side by side."""
    keys = (key for key in sorted(catalogue(language)) if key.partition("/")[0] in set(Code))
    told = {key: _told(key, language) for key in keys}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def golden_file(language: Language) -> Path:
    """Where the outcomes of this language lie."""
    return FOLDER / f"outcomes.{language}.json"


def _told(key: str, language: Language) -> Mapping[str, Mapping[str, str]]:
    text = sample(key, language)
    found = {
        who: words(text, replace(reader, language=language)) for who, reader in READERS.items()
    }
    return {
        "message": _side_by_side({who: one.message for who, one in found.items()}),
        "fix": _side_by_side({who: one.fix for who, one in found.items()}),
    }


def _side_by_side(told: Mapping[str, str]) -> Mapping[str, str]:
    by_words: dict[str, list[str]] = {}
    for who, said in told.items():
        by_words.setdefault(said, []).append(who)
    everybody = len(told)
    return {
        "all" if len(readers) == everybody else ", ".join(readers): said
        for said, readers in by_words.items()
    }


if __name__ == "__main__":
    for each in Language:
        golden_file(each).write_text(golden(each), encoding="utf-8")
