"""Resolve `%SETTING%` expressions in bindings from the environment, as the real host does.

Source: azure-webjobs-sdk, DefaultNameResolver and NameResolverExtensions.ResolveWholeString.
"""

import re
from collections.abc import Mapping

_EXPRESSION = re.compile(r"%([^%]+)%")


class UnresolvedSettingError(ValueError):
    """An expression names a setting that is absent or empty: its function cannot be started.

    Attributes:
        setting: the name between the percent signs.

    """

    def __init__(self, setting: str) -> None:
        super().__init__(f"'%{setting}%' does not resolve to a value.")
        self.setting = setting


def resolve(text: str, settings: Mapping[str, str]) -> str:
    """Replace every `%NAME%` by the value of that setting.

    Raises UnresolvedSettingError for the first name without a value.
    """

    def value_of(match: re.Match[str]) -> str:
        value = settings.get(match[1], "")
        if not value:
            raise UnresolvedSettingError(match[1])
        return value

    return _EXPRESSION.sub(value_of, text)
