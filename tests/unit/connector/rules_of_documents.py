"""The rules for the definition as a whole and for the file beside it.

Sources: PowerPlatformConnectors (templates, `schemas/paconn-apiProperties.schema.json`); Microsoft
Learn: "Coding standards for custom connectors", "Certification submission", "Connector string
guidance", "Custom connectors FAQ".
"""

import json
import re
from collections.abc import Iterator

from tests.unit.connector.connector import Connector

ORDER = [
    "swagger",
    "info",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "paths",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
    "security",
    "tags",
    "x-ms-connector-metadata",
    "x-ms-capabilities",
]
_PRODUCTS = re.compile(
    r"Power (Platform|Automate|Apps)|Logic Apps|Copilot|Microsoft Flow", re.IGNORECASE
)
_KNOWN_PROPERTIES = {
    "iconBrandColor",
    "connectionParameters",
    "capabilities",
    "policyTemplateInstances",
    "publisher",
    "stackOwner",
}
_MIME = {"application/json", "text/plain", "application/x-www-form-urlencoded"}


def the_sections_stand_in_their_order(connector: Connector) -> Iterator[str]:
    """As the coding standards list them."""
    places = [ORDER.index(name) for name in connector.definition if name in ORDER]
    yield from (name for name in connector.definition if name not in ORDER)
    if places != sorted(places):
        yield f"order {list(connector.definition)}"


def the_file_is_indented_by_four_spaces(connector: Connector) -> Iterator[str]:
    """As the coding standards ask."""
    again = json.dumps(json.loads(connector.text), indent=4, ensure_ascii=False) + "\n"
    if connector.text != again:
        yield "the text is not what four spaces give"


def the_version_is_openapi_2(connector: Connector) -> Iterator[str]:
    """Nothing newer is understood."""
    if connector.definition["swagger"] != "2.0":
        yield "swagger is not 2.0"


def the_title_is_short_and_names_no_product(connector: Connector) -> Iterator[str]:
    """At most 30 characters, English, no "API" or "Connector", alphanumeric at the end."""
    title = connector.definition["info"]["title"]
    words = re.search(r"\b(API|Connector)\b", title, re.IGNORECASE) or _PRODUCTS.search(title)
    if len(title) > 30 or not title.isascii() or not title[-1:].isalnum() or words:
        yield title


def the_info_has_a_description(connector: Connector) -> Iterator[str]:
    """30 to 500 characters, and no product of the platform."""
    text = connector.definition["info"]["description"]
    if not 30 <= len(text) <= 500 or _PRODUCTS.search(text):
        yield text


def the_info_has_a_contact(connector: Connector) -> Iterator[str]:
    """Name, address and mail."""
    contact = connector.definition["info"].get("contact", {})
    yield from (name for name in ("name", "url", "email") if not contact.get(name))


def the_host_is_bare(connector: Connector) -> Iterator[str]:
    """No scheme, no path."""
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", connector.definition["host"]):
        yield connector.definition["host"]


def there_is_https_alone(connector: Connector) -> Iterator[str]:
    """A token must not travel in the clear."""
    if connector.definition["schemes"] != ["https"]:
        yield str(connector.definition["schemes"])


def the_media_types_are_known(connector: Connector) -> Iterator[str]:
    """JSON, text and forms."""
    given = {*connector.definition["consumes"], *connector.definition["produces"]}
    for operation in connector.operations:
        given |= {*operation.get("consumes", []), *operation.get("produces", [])}
    yield from given - _MIME


def the_paths_have_no_forbidden_characters(connector: Connector) -> Iterator[str]:
    """No star, no query, no fragment."""
    yield from (path for path in connector.definition["paths"] if re.search(r"[*?#]", path))


def no_two_paths_differ_by_case_alone(connector: Connector) -> Iterator[str]:
    """The gateway does not tell them apart."""
    lower = [path.lower() for path in connector.definition["paths"]]
    yield from {path for path in lower if lower.count(path) > 1}


def no_path_is_another_with_a_variable(connector: Connector) -> Iterator[str]:
    """`/restores/{id}` beside `/restores/batch` is ambiguous."""
    paths = [path.split("/") for path in connector.definition["paths"]]
    for one in paths:
        for other in paths:
            if one is other or len(one) != len(other):
                continue
            pairs = list(zip(one, other, strict=True))
            if all(a == b or "{" in a or "{" in b for a, b in pairs):
                yield "/".join(one)


def no_path_is_a_reference(connector: Connector) -> Iterator[str]:
    """A path item stands where it is."""
    yield from (path for path, item in connector.definition["paths"].items() if "$ref" in item)


def there_are_no_more_than_256_operations(connector: Connector) -> Iterator[str]:
    """A limit of the platform."""
    if len(connector.operations) > 256:
        yield str(len(connector.operations))


def the_file_is_smaller_than_a_megabyte(connector: Connector) -> Iterator[str]:
    """A limit of the platform."""
    if len(connector.text.encode()) >= 1_000_000:
        yield str(len(connector.text))


def the_metadata_is_whole(connector: Connector) -> Iterator[str]:
    """Website, privacy policy, and one or two categories."""
    given = {
        item["propertyName"]: item["propertyValue"]
        for item in connector.definition.get("x-ms-connector-metadata", [])
    }
    yield from {"Website", "Privacy policy", "Categories"} - given.keys()
    if given.get("Categories", "").count(";") > 1:
        yield given["Categories"]


def the_connection_can_be_tested(connector: Connector) -> Iterator[str]:
    """By a GET that is there, needs nothing filled in, and refuses whoever is not signed in."""
    capability = connector.definition.get("x-ms-capabilities", {}).get("testConnection", {})
    name = capability.get("operationId")
    found = [item for _, method, item in connector.routes if method == "get"]
    matching = [item for item in found if item["operationId"] == name]
    if not matching or any(item.get("required") for item in matching[0]["parameters"]):
        yield str(name)
    elif "401" not in matching[0]["responses"]:
        yield f"{name} answers everybody"


def the_definition_has_one_way_to_sign_in(connector: Connector) -> Iterator[str]:
    """Several need more in the properties; and what is required must be defined."""
    defined = list(connector.definition.get("securityDefinitions", {}))
    required = [name for item in connector.definition.get("security", []) for name in item]
    if len(defined) != 1 or defined != required:
        yield f"{defined} {required}"


def the_redirect_is_the_connector_s_own(connector: Connector) -> Iterator[str]:
    """Mandatory for new connectors since February 2024: PPC discussion 3252."""
    for name, it in connector.properties["properties"]["connectionParameters"].items():
        mode = it.get("oAuthSettings", {}).get("redirectMode")
        if it.get("type") == "oauthSetting" and mode != "GlobalPerConnector":
            yield f"{name}: {mode}"


def the_brand_color_is_allowed(connector: Connector) -> Iterator[str]:
    """A colour of its own: not the platform's default and not white."""
    color = connector.properties["properties"].get("iconBrandColor", "")
    wrong = {"#007ee5", "#ffffff"}
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", color) or color.lower() in wrong:
        yield color


def the_properties_are_known(connector: Connector) -> Iterator[str]:
    """The published schema refuses every other key."""
    yield from connector.properties["properties"].keys() - _KNOWN_PROPERTIES
    yield from connector.properties.keys() - {"properties"}


def the_policies_name_operations_that_are_there(connector: Connector) -> Iterator[str]:
    """A policy for nobody does nothing, in silence."""
    there = {operation["operationId"] for operation in connector.operations}
    for policy in connector.properties["properties"]["policyTemplateInstances"]:
        yield from set(policy["parameters"]["x-ms-apimTemplate-operationName"]) - there


RULES = (
    the_sections_stand_in_their_order,
    the_file_is_indented_by_four_spaces,
    the_version_is_openapi_2,
    the_title_is_short_and_names_no_product,
    the_info_has_a_description,
    the_info_has_a_contact,
    the_host_is_bare,
    there_is_https_alone,
    the_media_types_are_known,
    the_paths_have_no_forbidden_characters,
    no_two_paths_differ_by_case_alone,
    no_path_is_another_with_a_variable,
    no_path_is_a_reference,
    there_are_no_more_than_256_operations,
    the_file_is_smaller_than_a_megabyte,
    the_metadata_is_whole,
    the_connection_can_be_tested,
    the_definition_has_one_way_to_sign_in,
    the_redirect_is_the_connector_s_own,
    the_brand_color_is_allowed,
    the_properties_are_known,
    the_policies_name_operations_that_are_there,
)
