"""Graph's own refusals, as users and Microsoft have published them, and what each one means."""

from collections.abc import Callable

import pytest

from shared.domain import graph_errors
from shared.domain.outcomes import Code, Outcome, Status
from shared.errors import AnsweredError
from tests.reading import said

CLASH = "Another object with the same value for property {} already exists."


def refusal(
    message: str, *, status: int = 400, code: str = "Request_BadRequest", target: str = ""
) -> AnsweredError:
    """An answer of Graph; `target` adds an ObjectConflict detail."""
    details = (("ObjectConflict", target),) if target else ()
    return AnsweredError(
        status=status, code=code, message=message, details=details, request_id="r-1"
    )


@pytest.mark.parametrize("status", [400, 409])
@pytest.mark.parametrize(
    ("message", "target", "code"),
    [
        (CLASH.format("userPrincipalName"), "userPrincipalName", Code.UPN_CONFLICT),
        (CLASH.format("userPrincipalName"), "", Code.UPN_CONFLICT),
        (CLASH.format("proxyAddresses"), "proxyAddresses", Code.ADDRESS_CONFLICT),
        (CLASH.format("proxyAddresses"), "", Code.ADDRESS_CONFLICT),
        (CLASH.format("onPremisesImmutableId"), "", Code.IMMUTABLE_ID_CONFLICT),
        ("Conflict.", "onPremisesImmutableId", Code.IMMUTABLE_ID_CONFLICT),
        ("Conflict.", "mailNickname", Code.PROPERTY_CONFLICT),
        (CLASH.format("netId"), "", Code.PROPERTY_CONFLICT),
        ("Something new.", "", Code.DIRECTORY_ERROR),
    ],
)
def test_each_refusal_of_a_restore_has_its_outcome(
    status: int, message: str, target: str, code: Code
) -> None:
    """A clash is known by its detail or by the property named, on either status."""
    assert (
        graph_errors.why_not_restored(refusal(message, status=status, target=target)).code is code
    )


def test_a_name_on_a_lost_domain() -> None:
    """It is a clash of the name with the tenant; the fix is a name on a verified domain."""
    text = (
        "The domain portion of the userPrincipalName property is invalid. You must use one of the"
        " verified domain names in your organization."
    )

    ending = graph_errors.why_not_restored(refusal(text))

    assert ending.code is Code.UPN_CONFLICT
    assert "verified domains" in said(ending).message
    assert "rename" in said(ending).fix


def test_a_refusal_that_nobody_knows_is_kept_whole() -> None:
    """Status, code, words and request id, for whoever has to ask Microsoft."""
    ending = graph_errors.why_not_restored(refusal("Something new.", code="Request_Strange"))

    assert ending.code is Code.DIRECTORY_ERROR
    words = "Microsoft Graph answered 400 Request_Strange: Something new. (request-id r-1)"
    assert words in said(ending).message


def test_a_conflict_of_another_kind_is_not_a_clash_of_names() -> None:
    """409 alone says nothing about names."""
    error = refusal("Error due to concurrent requests.", status=409, code="Something_Else")

    assert graph_errors.why_not_restored(error).code is Code.DIRECTORY_ERROR


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (
            "License assignment cannot be done for user with invalid usage location.",
            Code.USAGE_LOCATION_MISSING,
        ),
        (
            "License assignment failed because service plans a, b are mutually exclusive.",
            Code.LICENSE_CONFLICT,
        ),
        (
            "License assignment failed because service plan x depends on the service plan(s) y, z.",
            Code.LICENSE_CONFLICT,
        ),
        (
            "License assignment failed because license x is not allowed in the usage location KP.",
            Code.LICENSE_CONFLICT,
        ),
        ("A text nobody has seen before.", Code.DIRECTORY_ERROR),
    ],
)
def test_each_refusal_of_a_licence_has_its_outcome(message: str, code: Code) -> None:
    """The texts are told apart, and an unknown one is kept whole."""
    ending = graph_errors.why_not_licensed(refusal(message))

    assert ending.code is code
    assert message in said(ending).message
    assert "r-1" in said(ending).message


def test_a_missing_seat_is_a_wait_and_no_refusal() -> None:
    """The last five words are what the scripts of the field match on."""
    text = "Subscription with SKU 6fd2c87f does not have any available licenses."

    assert graph_errors.is_without_seat(refusal(text))
    assert not graph_errors.is_without_seat(refusal("something else"))


@pytest.mark.parametrize(
    ("explain", "permission"),
    [
        (graph_errors.why_not_restored, "User.DeleteRestore.All"),
        (graph_errors.why_not_restored, "Privileged Authentication Administrator"),
        (graph_errors.why_not_licensed, "LicenseAssignment.ReadWrite.All"),
        (graph_errors.why_not_read, "User.Read.All"),
    ],
)
def test_a_missing_permission_is_named(explain: object, permission: str) -> None:
    """403 names what to grant, the directory role for admins included."""
    assert callable(explain)

    ending = explain(
        refusal("Insufficient privileges.", status=403, code="Authorization_RequestDenied")
    )

    assert ending.code is Code.PERMISSION_MISSING
    assert ending.status is Status.FAILED
    assert permission in said(ending).message


@pytest.mark.parametrize("explain", [graph_errors.why_not_restored, graph_errors.why_not_licensed])
@pytest.mark.parametrize(
    ("words", "variant"),
    [
        ("Insufficient privileges to complete the operation.", ""),
        ("Target object is a member of a restricted management administrative unit.", "unit"),
    ],
)
def test_a_person_out_of_reach_is_no_missing_permission(
    explain: Callable[..., Outcome], words: str, variant: str
) -> None:
    """The permission is in the token: granting it again would change nothing."""
    error = refusal(words, status=403, code="Authorization_RequestDenied")

    ending = explain(error, is_granted=True)

    assert (ending.code, ending.text.variant) == (Code.OUT_OF_REACH, variant)
    assert ending.status is Status.FAILED
    assert "grant that permission" not in said(ending).fix
