"""Read single settings from a mapping, and collect what is wrong with them."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from shared.domain.text import Text, text
from shared.domain.values.ids import GUID
from shared.settings.schedule import wrong_in_schedule

A_GUID = "a GUID like 6fd2c87f-b296-42f0-b197-1e91e994b900"

_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
# One letter in eight; a setting of somebody else's is not taken for one of ours.
_NEAR = 0.87

_LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class SettingsReader:
    """Answers with a value for every setting asked for, and keeps the faults in `faults`.

    What a faulty setting answers with is of no use to anybody: whoever reads must raise.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._names: set[str] = set()
        self.faults: list[str] = []

    def near_names(self) -> Iterator[Text]:
        """A doubt for each name that is close to a setting, once all settings were asked for."""
        names = sorted(self._names)
        for name in sorted(self._env.keys() - self._names):
            near = difflib.get_close_matches(name.upper(), names, n=1, cutoff=_NEAR)
            if near:
                yield text("doubt", "near-name", setting=name, meant=near[0])

    def text(self, name: str) -> str | None:
        """The text without spaces around it; None if unset or empty."""
        self._names.add(name)
        return self._env.get(name, "").strip() or None

    def fault(self, name: str, wrong: str, write: str) -> None:
        """Keep a fault; never put what was written into it."""
        self.faults.append(f"{name}: {wrong}; write {write}")

    def matching(self, name: str, shape: re.Pattern[str], write: str) -> str | None:
        """A text of this shape."""
        text = self.text(name)
        if text is None or shape.fullmatch(text):
            return text
        self.fault(name, "has the wrong shape", write)
        return None

    def guid(self, name: str) -> str | None:
        """A GUID."""
        return self.matching(name, GUID, A_GUID)

    def choice[T: str](self, name: str, options: tuple[T, ...]) -> T:
        """One of these, in any case; the first is the default."""
        text = (self.text(name) or options[0]).lower()
        for option in options:
            if text == option:
                return option
        self.fault(name, "is none of its values", " or ".join(options))
        return options[0]

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false, in any case, or 1 or 0."""
        text = self.text(name)
        if text is not None and text.lower() not in _BOOLEANS:
            self.fault(name, "is neither true nor false", "true or false")
        return _BOOLEANS.get((text or "").lower(), default)

    def number(self, name: str, default: float, fits: Callable[[float], bool], write: str) -> float:
        """A number that fits; the default, too, is asked whether it fits the other settings."""
        text = self.text(name)
        if text is None:
            wrong = None if fits(default) else f"is {default:g} by default, which does not fit"
        else:
            fitting = _NUMBER.fullmatch(text) and fits(float(text))
            wrong = None if fitting else "is not a number that fits"
        if wrong:
            self.fault(name, wrong, write)
        return default if wrong or text is None else float(text)

    def url(self, name: str) -> str | None:
        """A URL that tokens may be sent to, without a slash at its end."""
        text = self.text(name)
        if text is None:
            return None
        if not _is_safe_url(text):
            write = "an https URL without user name, query or fragment (http only to localhost)"
            self.fault(name, "is no URL to send tokens to", write)
        return text.rstrip("/")

    def https_url(self, name: str) -> str | None:
        """An https URL for callers, without a slash at its end."""
        text = self.text(name)
        if text is None:
            return None
        if not (_is_safe_url(text) and text.lower().startswith("https://")):
            write = "an https URL without user name, query or fragment"
            self.fault(name, "is no https URL", write)
        return text.rstrip("/")

    def items(self, name: str, default: str, shape: re.Pattern[str], write: str) -> tuple[str, ...]:
        """A list with commas, semicolons or spaces between its entries; lower case, each once."""
        entries = [it for it in re.split(r"[,;\s]+", (self.text(name) or default).lower()) if it]
        for place, entry in enumerate(entries, start=1):
            if not shape.fullmatch(entry):
                self.fault(name, f"entry {place} has the wrong shape", write)
        return tuple(dict.fromkeys(entries))

    def schedule(self, name: str, default: str) -> str:
        """Six fields of NCRONTAB."""
        text = self.text(name) or default
        wrong = wrong_in_schedule(text)
        if wrong:
            self.fault(name, wrong, f"six NCRONTAB fields, such as {default}")
        return text


def _is_safe_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if not text.isascii() or not text.isprintable() or set(text) & set(" \\?#@"):
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL_HOSTS)
    )
