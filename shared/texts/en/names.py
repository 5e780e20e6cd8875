"""Texts about names and addresses: taken, on a removed domain, dropped, changed."""

from typing import Final

from shared.texts.en.phrases import AGAIN, BY_KEYS, GRANT, NOTHING
from shared.texts.entry import Catalogue, Entry

_RENAME: Final = (
    'set onUpnConflict: "rename", and newUserPrincipalName to a free name on one of'
    " your domains (Microsoft 365 admin centre, Settings, Domains)"
)
_OTHER_NAME: Final = (
    f"Give the other one another name first (Entra admin centre, Users), or {_RENAME}."
    f" Then {AGAIN}."
)
_TAKE_OFF: Final = (
    "Take the address off whoever has it (Exchange admin centre, Recipients; a user"
    " name: Entra admin centre, Users)"
)
_VERIFY: Final = (
    "Add the domain to the tenant again and have it verified (Microsoft 365 admin"
    " centre, Settings, Domains)"
)
_DROP_FOR_ME: Final = (
    "To restore the user without these addresses, have somebody with the role Restore.Override"
    ' send the request with onAddressConflict: "drop".'
)
_DROP_MYSELF: Final = (
    f'or set onAddressConflict: "drop" to restore the user without these addresses. Then {AGAIN}.'
)
_DROP_BY_KEYS: Final = (
    f"To restore the user without these addresses takes the role Restore.Override, and {BY_KEYS}."
)

ENTRIES: Final[Catalogue] = {
    "upn-conflict": Entry(
        "The user name is in use by somebody else now: {names}.",
        _OTHER_NAME,
        message_read="The user name is in use now: {other_holders:; }.",
    ),
    "upn-conflict/new-name": Entry(
        "The new name {name} is in use by somebody else, too.",
        f"Choose a newUserPrincipalName that is free: {AGAIN}.",
        message_read="The new name {name} is in use, too: {other_holders:; }.",
    ),
    "upn-conflict/domain": Entry(
        "{name} cannot come back: its domain is not one of the tenant's verified domains any more.",
        f"{_VERIFY}, or {_RENAME}. Then {AGAIN}.",
    ),
    "upn-conflict/refused": Entry(
        "The name of the user is taken.",
        _OTHER_NAME,
        message_read="The name of the user is taken. {other_said}",
    ),
    "upn-conflict/domain-refused": Entry(
        "The domain of the name is not one of the tenant's verified domains. {said}",
        f"{_VERIFY}, or {_RENAME}. Then {AGAIN}.",
    ),
    "address-conflict": Entry(
        "Mail addresses are in use by somebody else now: {addresses}.",
        f"{_TAKE_OFF}, then {AGAIN}. {_DROP_FOR_ME}",
        message_read="Mail addresses are in use now: {other_holders:; }.",
        fix_override=f"{_TAKE_OFF}, {_DROP_MYSELF}",
        fix_keys=f"{_TAKE_OFF}, then {AGAIN}. {_DROP_BY_KEYS}",
    ),
    "address-conflict/domain": Entry(
        "On a domain that is not verified in the tenant any more: {addresses}.",
        f"{_VERIFY}, then {AGAIN}. {_DROP_FOR_ME}",
        fix_override=f"{_VERIFY}, {_DROP_MYSELF}",
        fix_keys=f"{_VERIFY}, then {AGAIN}. {_DROP_BY_KEYS}",
    ),
    "address-conflict/refused": Entry(
        "An address of the user is taken.",
        f"{_TAKE_OFF}, then {AGAIN}. {_DROP_FOR_ME}",
        fix_override=f"{_TAKE_OFF}, {_DROP_MYSELF}",
        fix_keys=f"{_TAKE_OFF}, then {AGAIN}. {_DROP_BY_KEYS}",
        message_read="An address of the user is taken. {other_said}",
    ),
    "address-conflict/not-dropped": Entry(
        "An address of the user is taken, and Microsoft Graph does not restore the user without"
        " it.",
        f"{_TAKE_OFF}; if its domain is not verified any more, verify it. Then {AGAIN}.",
        message_read="An address of the user is taken, and Microsoft Graph does not restore the"
        " user without it. {other_said}",
    ),
    "address-conflict/assigning": Entry(
        "The licence cannot be given, since an address of the user is in use by somebody else:"
        " {addresses}.",
        f"{_TAKE_OFF}, then {AGAIN}.",
        message_read="The licence cannot be given, since an address of the user is in use:"
        " {other_holders:; }.",
    ),
    "address-conflict/assigning-unseen": Entry(
        "The licence cannot be given, since an address of the user is in use by somebody else. Who"
        " that is was not found: groups and contacts are looked at only with the permissions for"
        " them.",
        "Have an Exchange administrator look for the addresses of the user among groups, contacts"
        f" and deleted mailboxes, and take them off. Then {AGAIN}.",
        message_read="The licence cannot be given, since an address of the user is in use. Who has"
        " it was not found. {other_said}",
    ),
    "immutable-id-conflict/held": Entry(
        "Another user has the same link to Active Directory (onPremisesImmutableId).",
        "Have an administrator find out which of the two belongs to the account in Active Directory"
        f" and clear onPremisesImmutableId of the other one. Then {AGAIN}.",
        message_read="Another user has the same link to Active Directory (onPremisesImmutableId):"
        " {other_holders:; }.",
    ),
    "immutable-id-conflict": Entry(
        "Another user has the same link to Active Directory (onPremisesImmutableId).",
        "Have an administrator find out which of the two belongs to the account in Active Directory"
        f" and clear onPremisesImmutableId of the other one. Then {AGAIN}.",
        message_read="Another user has the same link to Active Directory (onPremisesImmutableId)."
        " {other_said}",
    ),
    "property-conflict": Entry(
        "Another user, group or contact has the same {property}, and no two may have it.",
        "Change {property} of the other one (Entra admin centre, Users or Groups), then"
        f" {AGAIN}.",
        message_read="Another user, group or contact has the same {property}, and no"
        " two may have it. {other_said}",
    ),
    "new-name-needed": Entry(
        "The mailbox of {user} was deleted in Exchange, which has put a made-up name in place of"
        " the user's own. The mailbox stays away until the user has its old name again, and that"
        " name is not known.",
        f'Set onUpnConflict: "rename" and newUserPrincipalName to the old main address: {AGAIN}.',
    ),
    "new-name-not-allowed": Entry(
        "{name} is not known to be the old main address of this person, and another name may be"
        " given only by somebody with the role Restore.Override.",
        "Send the old main address as newUserPrincipalName, or have somebody with that role send"
        " the request.",
        fix_keys="Send the old main address as newUserPrincipalName. Another name takes the role"
        f" Restore.Override, and {BY_KEYS}.",
    ),
    "new-name-not-allowed/domain": Entry(
        "The new name {name} is on a domain that is not verified in the tenant.",
        f"Choose a newUserPrincipalName on a verified domain of the tenant: {AGAIN}.",
    ),
    "new-name-not-allowed/refused": Entry(
        "The new name is on a domain that is not verified in the tenant. {said}",
        f"Choose a newUserPrincipalName on a verified domain of the tenant: {AGAIN}.",
    ),
    "new-name-not-used": Entry(
        "newUserPrincipalName was not used: {user} can have its own name back.",
        'Nothing to do; or set onUpnConflict: "always", which takes the role Restore.Override.',
    ),
    "user-renamed": Entry(
        "{old} is in use by somebody else; the user comes back under newUserPrincipalName.",
        "Tell the person the new name.",
        message_read="The user comes back under newUserPrincipalName, since the own name is in use:"
        " {other_holders:; }.",
    ),
    "user-renamed/asked": Entry(
        "The user comes back under {name} in place of {old}.",
        "Tell the person the new name.",
    ),
    "user-renamed/done": Entry(
        "The user came back as {name}, in place of {old}.",
        "Tell the person the new name.",
    ),
    "user-renamed/domain": Entry(
        "The domain of {old} is not verified any more; the user comes back under"
        " newUserPrincipalName.",
        "Tell the person the new name.",
    ),
    "addresses-dropped": Entry(
        "In use by somebody else, and left off the restored user: {addresses}.",
        "Tell the person which addresses are gone.",
        message_read="In use, and left off the restored user: {other_holders:; }.",
    ),
    "addresses-dropped/domain": Entry(
        "On a domain that is not verified any more, and left off the restored user: {addresses}.",
        "Tell the person which addresses are gone.",
    ),
    "addresses-dropped/missing": Entry(
        "Not on the restored user any more: {addresses}.",
        "Add them again in the Exchange admin centre, if they are wanted.",
    ),
    "aliases-missing": Entry(
        "Further addresses that the user had before, and has not now: {addresses}.",
        "Add them again in the Exchange admin centre, if they are wanted.",
    ),
    "conflicts-not-checked": Entry(
        "Whether the name or an address is in use could not be looked up. Microsoft"
        " decides that when the restore is carried out.",
        "If in doubt, search for the name and the addresses by hand: Microsoft 365 admin"
        " centre, Users, Active users, and Exchange admin centre, Recipients.",
    ),
    "conflicts-not-checked/groups": Entry(
        "Whether a group or a contact has the name or an address was not looked up."
        " Microsoft decides that when the restore is carried out.",
        GRANT,
    ),
    "removed-in-exchange": Entry(
        "The mailbox was deleted in Exchange: the user carries a made-up name, and the mailbox"
        " stays away until it has its old name again.",
        "Nothing to do: the user comes back under {name}.",
    ),
    "removed-in-exchange/kept-away": Entry(
        "The mailbox was deleted in Exchange: the user carries a made-up name, and the mailbox"
        " stays away until it has its old name again.",
        "First put right what keeps the user from coming back under {name}, told beside this.",
    ),
    "removed-in-exchange/asked": Entry(
        "The mailbox was deleted in Exchange: the user carries a made-up name, and the mailbox"
        " stays away until it has its old name again. That name is not known; the request says"
        " {name}.",
        "Make sure that {name} is the old main address. With another name the mailbox stays away,"
        " until somebody gives the user the old one (Microsoft 365 admin centre, Users).",
    ),
    "removed-in-exchange/other": Entry(
        "The mailbox was deleted in Exchange: the user carries a made-up name, and the mailbox"
        " stays away until it has its old name again, {old}. The user comes back under {name}.",
        "Free {old}, then give the user that name by hand (Microsoft 365 admin centre, Users): the"
        " mailbox stays away until then.",
    ),
    "removed-in-exchange/domain": Entry(
        "The mailbox was deleted in Exchange: the user carries a made-up name, and the mailbox"
        " stays away until it has its old name again, {old}, whose domain is not one of the"
        " tenant's verified domains any more. The user comes back under {name}.",
        f"{_VERIFY}, then give the user the name {{old}} by hand (Microsoft 365 admin centre,"
        " Users): the mailbox stays away until then.",
    ),
    "removed-in-exchange/unknown": Entry(
        "The mailbox was deleted in Exchange: the user carries a made-up name, and the mailbox"
        " stays away until it has its old name again. That name is not known.",
        f'Set onUpnConflict: "rename" and newUserPrincipalName to the old main address: {AGAIN}.',
    ),
    "sign-in-state/blocked": Entry(
        "Sign-in is shown as blocked on the deleted user; the restore may change that.",
        "Nothing to do for now: this service looks at it after the restore, and warns of it where"
        " somebody cannot sign in (sign-in-blocked).",
    ),
    "sign-in-state/allowed": Entry(
        "Sign-in is shown as allowed on the deleted user; the restore may change that.",
        "Nothing to do for now: this service looks at it after the restore, and warns of it where"
        " somebody cannot sign in (sign-in-blocked).",
    ),
    "sign-in-blocked": Entry(
        "The user is back, and cannot sign in: sign-in is blocked.",
        "If the person is to work again: Microsoft 365 admin centre, Users, Active users,"
        " the user, Unblock sign-in.",
    ),
    "sign-in-blocked/active": Entry(
        "{user} is active, and cannot sign in: sign-in is blocked.",
        "If the person is to work again: Microsoft 365 admin centre, Users, Active users,"
        " the user, Unblock sign-in.",
    ),
    "sign-in-open": Entry(
        "The mailbox is a shared, room or equipment mailbox, and somebody could sign in to"
        " its account.",
        "Microsoft 365 admin centre, Users, Active users, the account of the mailbox,"
        " Block sign-in.",
    ),
    "password-may-need-reset": Entry(
        "The old password may not be accepted any more.",
        "If signing in fails, reset it: Microsoft 365 admin centre, Users, Active users,"
        " the user, Reset password.",
    ),
    "groups-come-back": Entry(
        "The user is in the same groups again, by itself.",
        NOTHING,
    ),
}
