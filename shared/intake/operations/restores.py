"""List the operations on restores: check, start, read, cancel, retry."""

from typing import Final

from shared.domain.outcomes import Status
from shared.domain.requests.roles import Role
from shared.intake.operations.described import ChecksWire
from shared.intake.operations.model import Operation, Parameter
from shared.intake.paging import MOST
from shared.intake.retries import RetriesWire
from shared.intake.undos import UndoWire
from shared.intake.wire.models import RestoreFields, RestoreWire

_KEY_REUSED = "The key belongs to another request."
_WAITS = (
    " The step waits until the restore has ended; a refusal is an answer, so look at Status and"
    " Outcome Code."
)

TOP: Final = Parameter("top", "How many at a time.", type="integer", least=1, most=MOST, default=25)
SKIP_TOKEN: Final = Parameter(
    "skipToken", "Where to go on; taken from the nextLink of the page before."
)

RESTORES: Final = (
    Operation(
        "StartRestore",
        method="POST",
        path="restores",
        roles=(Role.REQUEST,),
        summary="Start a restore",
        description="Starts a restore of any kind, or joins the one that this request repeats.",
        statuses=(202, 200),
        answer="Restore",
        body=RestoreWire,
        conflict=_KEY_REUSED,
        in_flows=False,
    ),
    Operation(
        "RestoreMailbox",
        method="POST",
        path="mailboxes/restore",
        roles=(Role.REQUEST,),
        summary="Restore a mailbox",
        description="Finds out why a mailbox is lost and does what is needed to bring it back."
        + _WAITS,
        statuses=(202, 200),
        answer="Restore",
        body=RestoreFields,
        conflict=_KEY_REUSED,
    ),
    Operation(
        "RestoreUser",
        method="POST",
        path="users/restore",
        roles=(Role.REQUEST,),
        summary="Restore a deleted user",
        description="Brings a deleted user back, with licences, groups and mailbox; shared,"
        " room and equipment mailboxes included." + _WAITS,
        statuses=(202, 200),
        answer="Restore",
        body=RestoreFields,
        conflict=_KEY_REUSED,
    ),
    Operation(
        "RestoreLicense",
        method="POST",
        path="licenses/restore",
        roles=(Role.REQUEST,),
        summary="Restore a mailbox licence",
        description="Puts the Exchange Online licence back on an active user, before the"
        " mailbox is gone." + _WAITS,
        statuses=(202, 200),
        answer="Restore",
        body=RestoreFields,
        conflict=_KEY_REUSED,
    ),
    Operation(
        "CheckRestore",
        method="POST",
        path="checks",
        roles=(Role.REQUEST,),
        summary="Check a restore before starting it",
        description="Tells at once what a restore would do and everything that speaks against"
        " it. Changes nothing. Takes a list, too: up to 100 requests as restores, answered in their"
        " order as value.",
        statuses=(200,),
        answer="Preflight",
        body=RestoreWire,
        many=(ChecksWire, "PreflightList"),
    ),
    Operation(
        "GetRestore",
        method="GET",
        path="restores/{restoreId}",
        roles=(Role.READ, Role.REQUEST, Role.APPROVE),
        summary="Get a restore",
        description="Waits until a restore has ended, then gives it with its outcome. Turn the"
        " asynchronous pattern off in the settings of the action to see it as it"
        " stands.",
        statuses=(200, 202),
        answer="Restore",
    ),
    Operation(
        "ListRestores",
        method="GET",
        path="restores",
        roles=(Role.READ, Role.APPROVE),
        summary="List restores",
        description="Lists restores, newest first. With the role Restore.Approve alone, those that"
        " wait for an approval, by status=waiting.",
        statuses=(200,),
        answer="RestoreList",
        also_csv=True,
        query=(
            Parameter(
                "status", "Only restores that stand like this.", values=tuple(map(str, Status))
            ),
            Parameter(
                "user",
                "Only restores of this person: object id, user principal name, display name, or"
                " what the request said.",
            ),
            Parameter(
                "requestedBy",
                "Only restores that the caller with this object id, or the guard with this id,"
                " asked for; no names.",
            ),
            Parameter("batch", "Only restores of the batch with this id."),
            Parameter("from", "Only restores accepted at this time or later (RFC 3339)."),
            Parameter("to", "Only restores accepted before this time (RFC 3339)."),
            TOP,
            SKIP_TOKEN,
        ),
    ),
    Operation(
        "GetJournal",
        method="GET",
        path="restores/{restoreId}/journal",
        roles=(Role.READ, Role.REQUEST),
        summary="Get the journal of a restore",
        description="Lists what was done for a restore, oldest first: when, by whom, and under"
        " which request id of Microsoft Graph.",
        statuses=(200,),
        answer="Journal",
        also_csv=True,
        query=(
            Parameter("top", "How many at a time.", type="integer", least=1, most=999, default=100),
            SKIP_TOKEN,
        ),
        visibility="advanced",
    ),
    Operation(
        "CancelRestore",
        method="POST",
        path="restores/{restoreId}/cancel",
        roles=(Role.ADMIN, Role.READ, Role.REQUEST),
        summary="Cancel a restore",
        description="Calls a restore off as long as no change was sent to the directory.",
        statuses=(200,),
        answer="Restore",
        conflict="A change was sent to the directory, or the restore has ended otherwise.",
        visibility="advanced",
    ),
    Operation(
        "RetryRestore",
        method="POST",
        path="restores/{restoreId}/retry",
        roles=(Role.ADMIN,),
        summary="Retry a restore",
        description="Gives a restore that failed or was refused another attempt, under the same"
        " id." + _WAITS,
        statuses=(202,),
        answer="Restore",
        conflict="The restore has not ended, has succeeded or was cancelled.",
        visibility="advanced",
    ),
    Operation(
        "UndoRestore",
        method="POST",
        path="restores/{restoreId}/undo",
        roles=(Role.ADMIN,),
        summary="Take a restore back",
        description="Takes back what a restore has done: the licence off again, or the user"
        " deleted again. Refused where the person was changed or signed in to since. Only where"
        " the setting UNDO is true." + _WAITS,
        statuses=(202, 200),
        answer="Restore",
        body=UndoWire,
        conflict="UNDO is not true, or the restore has not ended, or has changed nothing.",
        visibility="advanced",
    ),
    Operation(
        "RetryRestores",
        method="POST",
        path="restores/retry",
        roles=(Role.ADMIN,),
        summary="Retry many restores",
        description="Gives each of up to 100 restores that failed or were refused another attempt;"
        " a line for each says what became of it.",
        answer="RetryList",
        body=RetriesWire,
        # Power Platform takes no path that another one is with a variable.
        in_flows=False,
    ),
)
