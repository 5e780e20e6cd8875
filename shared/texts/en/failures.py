"""Texts of restores that failed, and of messages that could not be understood."""

from typing import Final

from shared.texts.en.phrases import AGAIN, KEPT_AWAY, LOOK_ELSEWHERE
from shared.texts.entry import Catalogue, Entry

_SUPPORT: Final = "Microsoft's support can look up the request-id."
# A managed identity keeps its token for up to a day, and nothing can shorten that.
# Source: Microsoft Learn, "Managed identity best practice recommendations".
_GRANT: Final = (
    "Have a Privileged Role Administrator grant this service's identity that"
    " permission, once (infra/graph/grant.py); it can take a day to count."
)
_ADMINISTRATOR: Final = (
    "Somebody with an administrator role is best restored by hand by a Privileged"
    " Authentication Administrator (Entra admin centre, Users, Deleted users)."
    " Otherwise:"
)
_SEE_USER: Final = (
    "See in the Entra admin centre, under Users and under Deleted users, whether the"
    " user is active or deleted."
)
_READ_IT: Final = "Read the restore by its id, or from the queue restore-results."

ENTRIES: Final[Catalogue] = {
    "invalid-request/message": Entry(
        "The message could not be understood: {faults:; }",
        "Put right what is named and send a new message, such as"
        ' {{"version": 1, "requestedBy": "HR", "kind": "mailbox", "user":'
        ' "megan.bowen@contoso.com"}}.',
    ),
    "invalid-request/key-reused": Entry(
        "The key of the message belongs to another request, restore {restore_id}.",
        "Send the message again with a key (idempotencyKey) of its own.",
    ),
    "invalid-request/to-keep": Entry(
        "The message is too large to be kept as a restore.",
        "Leave out what is not needed and send a new message.",
    ),
    "no-seat": Entry(
        "No licence of this kind ({licenses}) came free before {until:time}, the last"
        " moment for the mailbox to come back.",
        LOOK_ELSEWHERE,
    ),
    "window-closed-while-waiting": Entry(
        "The mailbox could come back until {until:time}. That time ran out while the"
        " restore waited {waited}.",
        LOOK_ELSEWHERE,
    ),
    "window-closed-while-waiting/said": Entry(
        "The mailbox could come back until {until:time}. That time ran out while the"
        " restore waited {waited}. At the last try: {why}",
        LOOK_ELSEWHERE,
    ),
    "window-closed-while-waiting/at-work": Entry(
        "The mailbox could come back until {until:time}. That time ran out before the"
        " restore was done.",
        f"{_SEE_USER} {LOOK_ELSEWHERE}",
    ),
    "permission-missing": Entry(
        "The service may not do this: its identity lacks the Microsoft Graph permission"
        " {permission}. {said}",
        f"{_GRANT} Then {AGAIN}.",
        fix_admin=f"{_GRANT} Then retry the restore.",
    ),
    "permission-missing/held": Entry(
        "Microsoft Graph does not show the service what it has to see, although its identity has"
        " the permissions for it, as far as the service can tell ({permission}). {said}",
        f"{KEPT_AWAY} Then {AGAIN}.",
        fix_admin=f"{KEPT_AWAY} Then retry the restore.",
    ),
    "permission-missing/undo": Entry(
        "The service may not take this back: its identity lacks the Microsoft Graph permission"
        " {permission}. {said}",
        f"{_GRANT} Or take it back by hand in the Microsoft 365 admin centre.",
        fix_admin=f"{_GRANT} Then retry the undo, or do it by hand.",
    ),
    "permission-missing/restore": Entry(
        "The service may not restore this user: its identity lacks the Microsoft Graph permission"
        " {permission}, or, for somebody with an administrator role, the role Privileged"
        " Authentication Administrator. {said}",
        f"{_ADMINISTRATOR} {_GRANT} Then {AGAIN}.",
        fix_admin=f"{_ADMINISTRATOR} {_GRANT} Then retry the restore.",
    ),
    "out-of-reach": Entry(
        "This service has the permission {permission}, but may not do it for this person,"
        " who is protected: by an administrator role, an access policy, or because only"
        " certain administrators look after them (restricted management). {said}",
        "Have an administrator who looks after this person do it by hand: Microsoft 365"
        " admin centre, Users, Active users or Deleted users.",
    ),
    "out-of-reach/unit": Entry(
        "This service has the permission {permission}, but may not do it for this person:"
        " only certain administrators look after them (restricted management administrative"
        " unit). {said}",
        "Have an administrator of that unit do it by hand (Microsoft 365 admin centre,"
        " Users), or give this service's identity a role in it (Entra admin centre, Roles"
        f" and admins, Admin units). Then {AGAIN}.",
    ),
    "directory-error": Entry(
        "Microsoft Graph refused. {said}",
        f"Put right what its message names, then {AGAIN}. {_SUPPORT}",
        fix_admin=f"Put right what its message names, then retry the restore. {_SUPPORT}",
    ),
    "directory-error/not-shown": Entry(
        "Microsoft took the change, but user {user_id} has not shown as active since.",
        f"{_SEE_USER} If it is not active, {AGAIN}.",
        fix_admin=f"{_SEE_USER} If it is not active, retry the restore: it looks"
        " before it changes anything.",
    ),
    "directory-error/blank": Entry(
        "Microsoft Graph shows {user} without any of its properties, neither licences nor whether"
        " it may sign in. So nothing could be decided, and nothing was changed.",
        "See in the Microsoft 365 admin centre whether the user shows its licences there. Once it"
        f" does, {AGAIN}.",
        fix_admin="See in the Microsoft 365 admin centre whether the user shows its licences"
        " there. Once it does, retry the restore.",
    ),
    "directory-error/not-taken-back": Entry(
        "Microsoft Graph took the change, but it has not shown for {hours} hours.",
        f"{_SEE_USER} What is left to do, do by hand.",
    ),
    "directory-error/not-looked": Entry(
        "The change was made, and since then Microsoft has not let this service look at it: {why}",
        f"{_SEE_USER} If something is missing, {AGAIN}.",
        fix_admin=f"{_SEE_USER} If something is missing, retry the restore: it looks"
        " before it changes anything.",
    ),
    "gave-up": Entry(
        "This service could not carry out this restore: it failed several times in a row"
        " and was set aside.",
        f"{_SEE_USER} If something is missing, {AGAIN}: it looks before it changes anything.",
        fix_admin="Look for the cause in the log of the function app, by the"
        " restore's id. Then retry the restore: it looks before it changes"
        " anything.",
    ),
    "gave-up/message": Entry(
        "This service could not read this message: it failed several times in a row and"
        " was set aside.",
        "Look at received, put right what is unusual in it, and send a new message.",
    ),
    "gave-up/touched": Entry(
        "This service could not carry out this restore: it failed several times in a row"
        " and was set aside. A change was sent to Microsoft, or may have been: the steps"
        " say which.",
        f"{_SEE_USER} If something is missing, {AGAIN}: it looks before it changes anything.",
        fix_admin="Look for the cause in the log of the function app, by the"
        " restore's id. Then retry the restore: it looks before it changes"
        " anything.",
    ),
    "gave-up/undo": Entry(
        "What restore {restore_id} had done could not be taken back by {until:time}: Microsoft"
        " Graph could not be asked, or the user was held by another restore.",
        f"{_SEE_USER} What is left to do, do by hand.",
        fix_admin="Look whether it is still to be taken back, and then retry the undo: it looks"
        " before it changes anything.",
    ),
    "gave-up/blind": Entry(
        "Microsoft Graph could not be asked for 30 days: {why}",
        LOOK_ELSEWHERE,
    ),
    "before/user-restored": Entry("The user was restored; the licence was not given."),
    "callback-failed": Entry(
        "callbackUrl was called {tries:once|# times} and did not take the result ({why}).",
        _READ_IT,
    ),
    "callback-failed/not-allowed": Entry(
        "The result was not sent to callbackUrl: its server is no longer among those that the"
        " setting CALLBACK_HOSTS allows.",
        f"{_READ_IT} For later restores, name a callbackUrl at a server that is allowed, or ask"
        " whoever runs this service to add this one to CALLBACK_HOSTS.",
    ),
    "callback-failed/not-public": Entry(
        "The result was not sent to callbackUrl: at the last of {tries:1 try|# tries} the name of"
        " its server led to an address outside the public internet, and such addresses are not"
        " called.",
        f"{_READ_IT} For later restores, name a callbackUrl at a server with a public address.",
    ),
    "callback-failed/no-name": Entry(
        "The result did not reach callbackUrl: at the last of {tries:1 try|# tries} nobody could"
        " say which address the name of its server has.",
        f"{_READ_IT} For later restores, see that callbackUrl is spelled right, and that its name"
        " can be looked up from the public internet.",
    ),
    "callback-failed/no-connection": Entry(
        "The server of callbackUrl did not take the result in {tries:1 try|# tries}: the last time"
        " it could not be reached, its certificate was not valid for its name, or it broke off.",
        f"{_READ_IT} For later restores, see that the server answers over https, with a"
        " certificate that is valid for its name.",
    ),
    "callback-failed/too-slow": Entry(
        "The server of callbackUrl did not say in {tries:1 try|# tries} that it took the result:"
        " the last time it did not answer soon enough. It may have received it all the same.",
        f"{_READ_IT} For later restores, have the server answer at once and work afterwards; it"
        " has 5 seconds to answer.",
    ),
    "callback-failed/cut-off": Entry(
        "No answer said that callbackUrl took the result, in {tries:1 try|# tries}, and then this"
        " service did not get to try again within a day. The result may have arrived all the same.",
        _READ_IT,
    ),
    "directory/no-token": Entry("the service got no sign-in token from Azure ({cause})"),
    "directory/token-unreadable": Entry("the sign-in token from Azure made no sense ({cause})"),
    "directory/not-reached": Entry("no connection could be made ({cause})"),
    "directory/answer-lost": Entry("the answer was lost on its way ({cause})"),
    "directory/answer-unreadable": Entry("the answer made no sense ({cause})"),
    "directory/not-graphs": Entry(
        "something else answered in its place, with the HTTP status {status}"
    ),
    "directory/no-deletion-date": Entry(
        "{user_id} is listed as deleted, without the time of the deletion"
    ),
    "directory/not-an-id": Entry("{value} is not an object id, so nothing was asked"),
    "directory/log-in-use": Entry("the audit log is being read for another restore at the moment"),
    "graph-said": Entry(
        "Microsoft Graph answered {status} {answer}: {message} (request-id {request_id})"
    ),
    "graph-said/without-id": Entry("Microsoft Graph answered {status} {answer}: {message}"),
    "waited/schedule": Entry("for the time that was asked for"),
    "waited/approval": Entry("for an approval"),
    "waited/throttle": Entry("for Microsoft Graph, which took no more requests"),
    "waited/directory": Entry("for Entra ID to show a change"),
    "waited/mailbox": Entry("for the mailbox"),
    "waited/user-lock": Entry("for another restore of the same user"),
    "erased": Entry("(erased)"),
    "more": Entry("{count:one more|# more}"),
    "fault-at": Entry("{pointer} {wrong}"),
    "fault-at/body": Entry("the body {wrong}"),
    "fault-at/entry": Entry("entry {number} {wrong}"),
    "fault-at/in-entry": Entry("in entry {number}, {field} {wrong}"),
}
