"""Evaluate alert rules as Azure Monitor does, with a Kusto engine over real log lines.

Rows of `traces` come from the product's own log calls. Rows of `requests` have the shape that the
Functions host gives them: `success` is the function's result, not the answer's status.
Source: azure-functions-host issue 6511; Microsoft Learn, "Application Insights telemetry data
model".
"""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

import duckdb_kql

from tests.unit.infra.bicep import APP, ROOT

_TABLES: dict[str, str] = json.loads((ROOT / "infra/checks/node/tables.json").read_text())
_TYPES = {
    "datetime": "TIMESTAMP",
    "string": "VARCHAR",
    "int": "INTEGER",
    "real": "DOUBLE",
    "dynamic": "JSON",
}
_RULE = re.compile(r"^  \{\n(    name: '.*?)^  \}", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


@dataclass(frozen=True)
class Rule:
    """One alert rule of infra/app/alerts.bicep.

    Attributes:
        looks_back: which rows it sees.

    """

    name: str
    query: str
    looks_back: timedelta
    operator: str
    threshold: int

    @classmethod
    def every(cls) -> dict[str, Self]:
        """All of them, by name."""
        text = (APP / "alerts.bicep").read_text(encoding="utf-8")
        return {rule.name: rule for rule in map(cls._read, _RULE.findall(text))}

    @classmethod
    def _read(cls, text: str) -> Self:
        given = dict(re.findall(r"^    (\w+): '?(.*?)'?$", text, re.MULTILINE))
        file = re.search(r"loadTextContent\('\.\./(.*?)'\)", text)
        assert file is not None
        span = given["window"] if given["looksBack"] == "null" else given["looksBack"]
        return cls(
            given["name"],
            (ROOT / "infra" / file[1]).read_text(encoding="utf-8"),
            _span(span),
            given["operator"],
            int(given["threshold"]),
        )


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    assert found is not None, text
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


class Logs:
    """The tables of an Application Insights."""

    def __init__(self) -> None:
        self._engine = duckdb_kql.connect()
        now = self._engine.execute("SELECT CAST(now() AS TIMESTAMP)").fetchall()
        self._now: datetime = now[0][0]
        for name, schema in _TABLES.items():
            columns = re.findall(r"(\w+): (\w+)", schema)
            listed = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in columns)
            self._engine.execute(f"CREATE TABLE {name} ({listed})")

    def says(self, log: Callable[[], None], ago: timedelta = timedelta(0)) -> None:
        """The product writes these lines, so long ago."""
        lines = _Lines()
        logger = logging.getLogger("reprieve")
        level = logger.level
        logger.addHandler(lines)
        logger.setLevel(logging.INFO)
        try:
            log()
        finally:
            logger.removeHandler(lines)
            logger.setLevel(level)
        for line in lines.said:
            self.traced(line, ago)

    def traced(self, message: str, ago: timedelta = timedelta(0)) -> None:
        """Somebody writes this line, so long ago."""
        self._add("traces", timestamp=self._now - ago, message=message)

    def ran(self, name: str, *, success: bool, code: str, ago: timedelta = timedelta(0)) -> None:
        """A function ran, and the host told of it."""
        row = {"name": name, "success": str(success), "resultCode": code}
        self._add("requests", timestamp=self._now - ago, **row)

    def fires(self, rule: Rule) -> bool:
        """Whether the rule finds what it looks for."""
        since = self._now - rule.looks_back
        for name in _TABLES:
            self._engine.execute(
                f"DELETE FROM {name} WHERE timestamp < ?",  # noqa: S608 - our own names
                [since],
            )
        count = len(duckdb_kql.query(self._engine, rule.query).fetchall())
        return count > rule.threshold if rule.operator == "GreaterThan" else count < rule.threshold

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds."""
        found: list[tuple[Any, ...]] = duckdb_kql.query(self._engine, query).fetchall()
        return found

    def _add(self, table: str, **row: object) -> None:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        self._engine.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
            list(row.values()),
        )


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
