"""List ways to break each rule of operations, to prove that the rule can fail."""

from collections.abc import Mapping
from typing import Final

from tests.unit.connector.breaking import (
    Break,
    annotated,
    another_parameter,
    answer,
    member,
    no_answer,
    operation,
    parameter,
    same_family,
    without,
)

OF_OPERATIONS: Final[Mapping[str, tuple[Break, ...]]] = {
    "every_operation_has_an_id_of_its_own": (operation("GetBatch", operationId="GetRestore"),),
    "every_id_is_pascal_case_and_begins_with_a_verb": (
        operation("GetBatch", operationId="Get_Batch"),
        operation("GetBatch", operationId="BatchGet"),
        operation("GetBatch", operationId="getBatch"),
    ),
    "every_summary_is_a_short_phrase": (
        operation("GetBatch", summary="Get a batch."),
        operation("GetBatch", summary="Get a batch/restore"),
        operation("GetBatch", summary="Get A Batch"),
        operation("GetBatch", summary="G" * 81),
        operation("GetBatch", summary=""),
    ),
    "every_description_is_a_sentence_of_its_own": (
        operation("GetBatch", description="Gets a batch"),
        operation("GetBatch", description="Get a batch of restores."),
        without("GetBatch", "description"),
    ),
    "every_parameter_has_a_title": (
        parameter("ListRestores", 0, **{"x-ms-summary": ""}),
        parameter("ListRestores", 0, **{"x-ms-summary": "The status"}),
        parameter("ListRestores", 0, **{"x-ms-summary": "S" * 81}),
    ),
    "every_parameter_has_a_description": (parameter("GetRestore", 0, description=""),),
    "every_visibility_is_known": (
        operation("GetBatch", **{"x-ms-visibility": "hidden"}),
        parameter("ListRestores", 0, **{"x-ms-visibility": "none"}),
        member("RestoreUser", "user", **{"x-ms-visibility": "normal"}),
    ),
    "every_parameter_in_a_path_is_required_and_encoded_once": (
        parameter("GetRestore", 0, required=False),
        parameter("GetRestore", 0, **{"x-ms-url-encoding": "double"}),
        parameter("GetRestore", 0, name="id"),
    ),
    "no_parameter_is_called_connection_id": (parameter("ListRestores", 0, name="connectionId"),),
    "no_get_has_a_body": (
        another_parameter(
            "GetRestore", **{"name": "body", "in": "body", "schema": {"type": "string"}}
        ),
    ),
    "no_operation_has_two_bodies": (
        another_parameter(
            "RestoreUser", **{"name": "more", "in": "body", "schema": {"type": "string"}}
        ),
    ),
    "every_operation_can_succeed": (no_answer("CheckRestore", "200"),),
    "no_answer_is_the_default": (answer("CheckRestore", "default", description="Other."),),
    "one_answer_at_most_has_a_schema": (answer("RestoreUser", "202", schema={"type": "string"}),),
    "the_schema_is_that_of_the_final_answer": (
        answer("RemoveGuard", "404", schema={"type": "string"}),
        answer("RemoveGuard", "202", schema={"type": "string"}),
    ),
    "every_accepted_operation_has_a_final_answer": (no_answer("RestoreUser", "200"),),
    "every_202_says_where_and_when_to_look_again": (
        answer("RestoreUser", "202", headers={}),
        answer("GetBatch", "202", headers={"Location": {"type": "string"}}),
    ),
    "every_answer_has_a_description": (answer("RestoreUser", "202", description=""),),
    "what_is_old_names_its_successor_once": (
        annotated("RestoreUser", family="RestoreUser"),
        annotated("RestoreUser", family="RestoreUser", revision=1, replacement={"a": 1}),
        same_family,
    ),
    "a_check_is_safe": (without("CheckRestore", "x-ms-safe-operation"),),
}
