"""The rules for one operation: its names, its parameters, its answers.

Sources: PowerPlatformConnectors, the validation rules by name where one is named; Microsoft Learn:
"Coding standards for custom connectors", "Connector string guidance", "OpenAPI extensions".
"""

import re
from collections.abc import Iterator

from tests.unit.connector.connector import Connector, Json

VERBS = (
    "Add",
    "Approve",
    "Undo",
    "Cancel",
    "Check",
    "Get",
    "List",
    "Reject",
    "Remove",
    "Restore",
    "Retry",
    "Start",
    "Subscribe",
    "Unsubscribe",
)
_VISIBILITIES = {"important", "advanced", "internal"}
_SMALL = {"a", "an", "and", "at", "by", "for", "if", "in", "is", "of", "on", "or", "the", "to"}


def every_operation_has_an_id_of_its_own(connector: Connector) -> Iterator[str]:
    """Flows name operations by it."""
    names = [operation.get("operationId", "") for operation in connector.operations]
    yield from {name for name in names if names.count(name) > 1 or not name}


def every_id_is_pascal_case_and_begins_with_a_verb(connector: Connector) -> Iterator[str]:
    """OperationIdSanitized: letters and digits alone."""
    for operation in connector.operations:
        name = operation["operationId"]
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]+", name) or not name.startswith(VERBS):
            yield name


def every_summary_is_a_short_phrase(connector: Connector) -> Iterator[str]:
    """Sentence case, at most 80, letters, digits and parentheses; no slash and no end mark."""
    for operation in connector.operations:
        summary = operation.get("summary", "")
        capitals = [word for word in summary.split()[1:] if word[0].isupper()]
        if not re.fullmatch(r"[A-Z][A-Za-z0-9() ]{0,78}[A-Za-z0-9)]", summary) or capitals:
            yield f"{operation['operationId']}: {summary}"


def every_description_is_a_sentence_of_its_own(connector: Connector) -> Iterator[str]:
    """It ends with a full stop, and says more than the summary."""
    for operation in connector.operations:
        text = operation.get("description", "")
        repeats = text.rstrip(".").lower() == operation.get("summary", "").lower()
        if not re.fullmatch(r"[A-Z].+\.", text, re.DOTALL) or repeats:
            yield f"{operation['operationId']}: {text}"


def every_parameter_has_a_title(connector: Connector) -> Iterator[str]:
    """x-ms-summary in title case, at most 80."""
    for operation, parameter in connector.parameters():
        if parameter["in"] != "body" and not is_title(parameter.get("x-ms-summary", "")):
            yield f"{operation['operationId']} {parameter['name']}"


def every_parameter_has_a_description(connector: Connector) -> Iterator[str]:
    """The tooltip of the field."""
    for operation, parameter in connector.parameters():
        if parameter["in"] != "body" and not parameter.get("description", "").endswith("."):
            yield f"{operation['operationId']} {parameter['name']}"


def every_visibility_is_known(connector: Connector) -> Iterator[str]:
    """On operations, parameters and properties alike."""
    nodes: list[Json] = [*connector.operations, *(item for _, item in connector.parameters())]
    nodes += [schema for _, schema in connector.schemas()]
    for node in nodes:
        if node.get("x-ms-visibility", "advanced") not in _VISIBILITIES:
            yield str(node["x-ms-visibility"])


def every_parameter_in_a_path_is_required_and_encoded_once(connector: Connector) -> Iterator[str]:
    """PathParameterMissingEncoding; and the path and the list of parameters agree."""
    for path, _, operation in connector.routes:
        given = [item for item in operation["parameters"] if item["in"] == "path"]
        if {item["name"] for item in given} != set(re.findall(r"\{(\w+)\}", path)):
            yield f"{path} names others"
        for item in given:
            if not item.get("required") or item.get("x-ms-url-encoding") != "single":
                yield f"{path} {item['name']}"


def no_parameter_is_called_connection_id(connector: Connector) -> Iterator[str]:
    """The platform's own name."""
    for operation, parameter in connector.parameters():
        if parameter["name"] == "connectionId":
            yield str(operation["operationId"])


def no_get_has_a_body(connector: Connector) -> Iterator[str]:
    """Nor has a DELETE."""
    for path, method, operation in connector.routes:
        bodies = [item for item in operation["parameters"] if item["in"] == "body"]
        if bodies and method in {"get", "delete"}:
            yield path


def no_operation_has_two_bodies(connector: Connector) -> Iterator[str]:
    """OpenAPI 2.0 has one."""
    for operation in connector.operations:
        if sum(item["in"] == "body" for item in operation["parameters"]) > 1:
            yield str(operation["operationId"])


def every_operation_can_succeed(connector: Connector) -> Iterator[str]:
    """At least one answer of 2xx."""
    for operation in connector.operations:
        if not any(status.startswith("2") for status in operation["responses"]):
            yield str(operation["operationId"])


def no_answer_is_the_default(connector: Connector) -> Iterator[str]:
    """`default` says nothing exact."""
    for operation in connector.operations:
        if "default" in operation["responses"]:
            yield str(operation["operationId"])


def one_answer_at_most_has_a_schema(connector: Connector) -> Iterator[str]:
    """OperationHasManyResponsesWithSchema."""
    for operation in connector.operations:
        if sum("schema" in answer for answer in operation["responses"].values()) > 1:
            yield str(operation["operationId"])


def the_schema_is_that_of_the_final_answer(connector: Connector) -> Iterator[str]:
    """Never at 202 and never at an error: the next step sees the last answer."""
    for operation in connector.operations:
        for status, answer in operation["responses"].items():
            if "schema" in answer and status not in {"200", "201"}:
                yield f"{operation['operationId']} {status}"


def every_accepted_operation_has_a_final_answer(connector: Connector) -> Iterator[str]:
    """Who answers 202 must say what 200 will hold."""
    for operation in connector.operations:
        if "202" in operation["responses"] and "schema" not in operation["responses"].get(
            "200", {}
        ):
            yield str(operation["operationId"])


def every_answer_has_a_description(connector: Connector) -> Iterator[str]:
    """OpenAPI demands it."""
    for operation in connector.operations:
        for status, answer in operation["responses"].items():
            if not answer.get("description"):
                yield f"{operation['operationId']} {status}"


def what_is_old_names_its_successor_once(connector: Connector) -> Iterator[str]:
    """x-ms-api-annotation: whole, at most two live of a family, a replacement only for the old."""
    live: dict[str, int] = {}
    for operation in connector.operations:
        annotation = operation.get("x-ms-api-annotation")
        if annotation is None:
            continue
        family, revision = annotation.get("family"), annotation.get("revision")
        live[family] = live.get(family, 0) + (not operation.get("deprecated", False))
        if not family or not isinstance(revision, int) or live[family] > 2:
            yield f"{operation['operationId']} {annotation}"
        if "replacement" in annotation and not operation.get("deprecated"):
            yield f"{operation['operationId']} is replaced and not deprecated"


def a_check_is_safe(connector: Connector) -> Iterator[str]:
    """A POST that only reads says so."""
    if connector.operation("CheckRestore").get("x-ms-safe-operation") is not True:
        yield "CheckRestore"


def is_title(text: str) -> bool:
    """Whether it is in title case and not too long."""
    words = text.split()
    large = [word for word in words if word not in _SMALL or word == words[0]]
    return bool(words) and len(text) <= 80 and all(word[0].isupper() for word in large)


def every_202_says_where_and_when_to_look_again(connector: Connector) -> Iterator[str]:
    """Location and Retry-After, which the engine follows."""
    for operation in connector.operations:
        headers = operation["responses"].get("202", {"headers": None}).get("headers", {})
        if headers is not None and set(headers) != {"Location", "Retry-After"}:
            yield str(operation["operationId"])


RULES = (
    every_202_says_where_and_when_to_look_again,
    every_operation_has_an_id_of_its_own,
    every_id_is_pascal_case_and_begins_with_a_verb,
    every_summary_is_a_short_phrase,
    every_description_is_a_sentence_of_its_own,
    every_parameter_has_a_title,
    every_parameter_has_a_description,
    every_visibility_is_known,
    every_parameter_in_a_path_is_required_and_encoded_once,
    no_parameter_is_called_connection_id,
    no_get_has_a_body,
    no_operation_has_two_bodies,
    every_operation_can_succeed,
    no_answer_is_the_default,
    one_answer_at_most_has_a_schema,
    the_schema_is_that_of_the_final_answer,
    every_accepted_operation_has_a_final_answer,
    every_answer_has_a_description,
    what_is_old_names_its_successor_once,
    a_check_is_safe,
)
