"""Write the API descriptions and all else that is generated: `python -m infra.local connector`.

The committed files are what this writes without options; a test fails when they are not.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from infra.connector import declared
from infra.connector.codes_page import codes_page
from infra.connector.openapi.description import openapi
from infra.connector.openapi.version_30 import version_30
from infra.connector.power_platform.properties import properties
from infra.connector.power_platform.spelling import american
from infra.connector.power_platform.swagger import HOST, swagger
from shared.intake.operations import OPERATIONS

HERE: Final = Path(__file__).parent


def rendered(host: str = HOST) -> Mapping[str, str]:
    """The text of every generated file, by its name."""
    description = openapi(OPERATIONS, host=host)
    documents: dict[str, Any] = {
        "apiDefinition.swagger.json": american(swagger(OPERATIONS, host=host)),
        "apiProperties.json": american(properties(OPERATIONS)),
        "openapi.json": description,
        "openapi-3.0.json": version_30(description),
    }
    texts = {
        name: json.dumps(document, indent=4, ensure_ascii=False) + "\n"
        for name, document in documents.items()
    }
    return {**texts, "CODES.md": codes_page()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(prog="python -m infra.local connector", description=__doc__)
    parser.add_argument("--host", default=HOST, help="the bare host name of the function app")
    parser.add_argument("--into", type=Path, default=HERE, help="the folder to write into")
    options = parser.parse_args(arguments)
    options.into.mkdir(parents=True, exist_ok=True)
    for name, text in rendered(options.host).items():
        (options.into / name).write_text(text, encoding="utf-8")
    if options.into == HERE:
        declared.PLACE.write_text(declared.rendered(), encoding="utf-8")


if __name__ == "__main__":
    main()
