"""Write workbook.json from the queries beside it: `python -m infra.monitor.build_workbook`.

The workbook is generated so that its queries are files of their own, which a test can read.
"""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WORKBOOK = HERE / "workbook.json"
QUERIES = HERE / "workbook"

# (file, title, visualization); in the order of the page.
PANELS = (
    ("outcomes", "Restores ended, by outcome", "barchart"),
    ("accepted", "Restores accepted, by door", "timechart"),
    ("time_to_finish", "Minutes from asking to the end, median and 95th percentile", "timechart"),
    ("waiting", "Waiting now, by cause, with the nearest deadline", "table"),
    ("throttled", "Seconds that Graph asked to wait", "timechart"),
    ("queues", "Messages in each queue", "timechart"),
    ("queue_age", "Age of the oldest message, in seconds", "timechart"),
    ("graph_calls", "Changes sent to Graph, with its request ids", "table"),
    ("problems", "What could not be served", "table"),
)


def document() -> dict[str, Any]:
    """The workbook as Azure Monitor reads it. Source: Microsoft, Application-Insights-Workbooks."""
    return {
        "version": "Notebook/1.0",
        "items": [_intro(), _time_range(), *(_panel(*panel) for panel in PANELS)],
        "$schema": (
            "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/"
            "workbook.json"
        ),
    }


def render() -> str:
    """The text of workbook.json."""
    return json.dumps(document(), indent=2) + "\n"


def _intro() -> dict[str, Any]:
    text = "## Reprieve\nEvery picture reads the lines that the service writes into `traces`."
    return {"type": 1, "content": {"json": text}, "name": "intro"}


def _time_range() -> dict[str, Any]:
    durations = [{"durationMs": ms} for ms in (3_600_000, 86_400_000, 604_800_000, 2_592_000_000)]
    parameter = {
        "id": "b4bd2a4e-6a42-4f6e-9a53-5f2a3d1c7f10",
        "version": "KqlParameterItem/1.0",
        "name": "Range",
        "type": 4,
        "isRequired": True,
        "value": {"durationMs": 604_800_000},
        "typeSettings": {"selectableValues": durations, "allowCustom": True},
    }
    content = {"version": "KqlParameterItem/1.0", "parameters": [parameter], "style": "pills"}
    return {"type": 9, "content": content, "name": "range"}


def _panel(file: str, title: str, visualization: str) -> dict[str, Any]:
    content = {
        "version": "KqlItem/1.0",
        "query": (QUERIES / f"{file}.kql").read_text(encoding="utf-8"),
        "size": 0,
        "title": title,
        "timeContextFromParameter": "Range",
        "queryType": 0,
        "resourceType": "microsoft.insights/components",
        "visualization": visualization,
    }
    return {"type": 3, "content": content, "name": file}


if __name__ == "__main__":
    WORKBOOK.write_text(render(), encoding="utf-8")
