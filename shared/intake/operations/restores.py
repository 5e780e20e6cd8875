"""The operations on restores: check, start, follow, and what people do to one."""

from typing import Final

from shared.domain.outcomes import Status
from shared.intake.caller import Role
from shared.intake.lists import MOST
from shared.intake.operations.model import Operation, Parameter
from shared.intake.wire import RestoreFields, RestoreWire

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
        "POST",
        "restores",
        (Role.REQUEST,),
        "starting a restore",
        "Start a restore",
        "Starts a restore of any kind, or joins the one that this request repeats.",
        (202, 200),
        "Restore",
        RestoreWire,
        conflict=_KEY_REUSED,
        in_flows=False,
    ),
    Operation(
        "RestoreMailbox",
        "POST",
        "mailboxes/restore",
        (Role.REQUEST,),
        "starting a restore",
        "Restore a mailbox",
        "Finds out why a mailbox is lost and does what is needed to bring it back." + _WAITS,
        (202, 200),
        "Restore",
        RestoreFields,
        conflict=_KEY_REUSED,
    ),
    Operation(
        "RestoreUser",
        "POST",
        "users/restore",
        (Role.REQUEST,),
        "starting a restore",
        "Restore a deleted user",
        "Brings a deleted user back, with licences, groups and mailbox; shared, room and equipment"
        " mailboxes included." + _WAITS,
        (202, 200),
        "Restore",
        RestoreFields,
        conflict=_KEY_REUSED,
    ),
    Operation(
        "RestoreLicense",
        "POST",
        "licenses/restore",
        (Role.REQUEST,),
        "starting a restore",
        "Restore a mailbox licence",
        "Puts the Exchange Online licence back on an active user, before the mailbox is gone."
        + _WAITS,
        (202, 200),
        "Restore",
        RestoreFields,
        conflict=_KEY_REUSED,
    ),
    Operation(
        "CheckRestore",
        "POST",
        "checks",
        (Role.READ, Role.REQUEST),
        "checking a restore",
        "Check a restore before starting it",
        "Tells at once what a restore would do and everything that speaks against it. Changes"
        " nothing.",
        (200,),
        "Preflight",
        RestoreWire,
    ),
    Operation(
        "GetRestore",
        "GET",
        "restores/{restoreId}",
        (Role.READ, Role.REQUEST),
        "reading a restore",
        "Get a restore",
        "Waits until a restore has ended, then gives it with its outcome. Turn the asynchronous"
        " pattern off in the settings of the action to see it as it stands.",
        (200, 202),
        "Restore",
    ),
    Operation(
        "ListRestores",
        "GET",
        "restores",
        (Role.READ, Role.REQUEST),
        "listing restores",
        "List restores",
        "Lists restores, newest first. A caller with the role Restore.Request alone sees its own.",
        (200,),
        "RestoreList",
        query=(
            Parameter(
                "status", "Only restores that stand like this.", values=tuple(map(str, Status))
            ),
            Parameter("user", "Only restores of this person: object id or user principal name."),
            TOP,
            SKIP_TOKEN,
        ),
    ),
    Operation(
        "CancelRestore",
        "POST",
        "restores/{restoreId}/cancel",
        (Role.ADMIN, Role.READ, Role.REQUEST),
        "cancelling a restore",
        "Cancel a restore",
        "Calls a restore off as long as no change was sent to the directory.",
        (200,),
        "Restore",
        conflict="A change was sent to the directory, or the restore has ended otherwise.",
        visibility="advanced",
    ),
    Operation(
        "RetryRestore",
        "POST",
        "restores/{restoreId}/retry",
        (Role.ADMIN,),
        "retrying a restore",
        "Retry a restore",
        "Gives a restore that failed or was refused another attempt, under the same id." + _WAITS,
        (202,),
        "Restore",
        conflict="The restore has not ended, has succeeded or was cancelled.",
        visibility="advanced",
    ),
)
