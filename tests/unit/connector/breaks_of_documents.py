"""List ways to break each rule of documents, to prove that the rule can fail."""

from collections.abc import Mapping
from typing import Final

from tests.unit.connector.breaking import (
    Break,
    another_path,
    in_properties,
    info,
    large,
    many,
    out_of_order,
    policy_for_nobody,
    redirected,
    root,
    two_spaces,
)

OF_DOCUMENTS: Final[Mapping[str, tuple[Break, ...]]] = {
    "the_sections_stand_in_their_order": (out_of_order, root(servers=[])),
    "the_file_is_indented_by_four_spaces": (two_spaces,),
    "the_version_is_openapi_2": (root(swagger="3.0.0"),),
    "the_title_is_short_and_names_no_product": (
        info(title="Reprieve for Power Automate"),
        info(title="Reprieve API"),
        info(title="R" * 31),
        info(title="Reprieve!"),
    ),
    "the_info_has_a_description": (
        info(description="Too short."),
        info(description="x" * 501),
        info(description="Restores people from Power Automate, and from elsewhere."),
    ),
    "the_info_has_a_contact": (info(contact={"name": "a", "url": "b"}), info(contact={})),
    "the_host_is_bare": (root(host="https://a.example.com"), root(host="a.example.com/api")),
    "there_is_https_alone": (root(schemes=["http", "https"]),),
    "the_media_types_are_known": (root(produces=["application/json", "application/xml"]),),
    "the_paths_have_no_forbidden_characters": (
        another_path("/a?b=c"),
        another_path("/a*"),
        another_path("/a#b"),
    ),
    "no_two_paths_differ_by_case_alone": (another_path("/Restores"),),
    "no_path_is_another_with_a_variable": (
        another_path("/restores/batch"),
        another_path("/restores/{other}"),
    ),
    "no_path_is_a_reference": (
        lambda it: it.definition["paths"].update({"/other": {"$ref": "#/paths/~1restores"}}),
    ),
    "there_are_no_more_than_256_operations": (many,),
    "the_file_is_smaller_than_a_megabyte": (large,),
    "the_metadata_is_whole": (
        root(**{"x-ms-connector-metadata": []}),
        lambda it: it.definition["x-ms-connector-metadata"][2].update(
            {"propertyValue": "Security;IT Operations;Data"}
        ),
    ),
    "the_connection_can_be_tested": (
        root(**{"x-ms-capabilities": {}}),
        root(**{"x-ms-capabilities": {"testConnection": {"operationId": "GetRestore"}}}),
        root(**{"x-ms-capabilities": {"testConnection": {"operationId": "CheckRestore"}}}),
        root(**{"x-ms-capabilities": {"testConnection": {"operationId": "GetHealth"}}}),
    ),
    "the_definition_has_one_way_to_sign_in": (
        root(securityDefinitions={"oauth2_auth": {}, "key": {}}),
        root(security=[{"other": []}]),
    ),
    "the_redirect_is_the_connector_s_own": (
        redirected("Global"),
        redirected(None),
    ),
    "the_brand_color_is_allowed": (
        in_properties(iconBrandColor="#007EE5"),
        in_properties(iconBrandColor="#FFFFFF"),
        in_properties(iconBrandColor="teal"),
    ),
    "the_properties_are_known": (in_properties(scriptOperations=[]),),
    "the_policies_name_operations_that_are_there": (policy_for_nobody,),
}
