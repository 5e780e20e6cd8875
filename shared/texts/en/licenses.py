"""Texts about licences: which one, who may name it, and what prevents it."""

from typing import Final

from shared.texts.en.phrases import AGAIN, BY_KEYS, SET_COUNTRY, sentence
from shared.texts.entry import Catalogue, Entry

_NAME_IT: Final = (
    "name the licence in license.skuPartNumbers (GET /api/licenses lists them; allowed says which"
    f" ones you may name for anybody): {AGAIN}."
)
_NAME_ONE: Final = sentence(_NAME_IT)
_DEFAULT: Final = (
    "An administrator of the function app can also set a licence for such cases (DEFAULT_SKU_IDS)."
)
_MAY_NAME: Final = (
    "Have somebody with the role Restore.Override name it, or an administrator of the function app"
    " add it to ALLOWED_SKU_IDS."
)
_NONE_ALLOWED: Final = (
    "If you may name none, have somebody with the role Restore.Override name one, or an"
    " administrator of the function app add one to ALLOWED_SKU_IDS."
)
_NAME_ANY: Final = f"Name the licence in license.skuPartNumbers (GET /api/licenses): {AGAIN}."

ENTRIES: Final[Catalogue] = {
    "license-unknown/choices": Entry(
        "It is not known which licence the user had.",
        f"Name one of these in license.skuPartNumbers: {{licenses}}. Then {AGAIN}.",
        fix_override="Name the licence in license.skuPartNumbers; with a mailbox are: {licenses}."
        f" Then {AGAIN}.",
    ),
    "license-unknown/no-choice": Entry(
        "It is not known which licence the user had, and none may be named for anybody.",
        _MAY_NAME,
        fix_override=_NAME_ANY,
        fix_keys="An administrator of the function app adds a licence to ALLOWED_SKU_IDS, or sets"
        " DEFAULT_SKU_IDS. To name any other takes the role Restore.Override, and"
        f" {BY_KEYS}.",
    ),
    "license-unknown/origin": Entry(
        "{user} was seen with {licenses}, and it is not known whether it was given to the"
        " user directly or by a group. So it is not given back unless somebody asks for it.",
        f"If no group is meant to give it, name it in license.skuPartNumbers: {AGAIN}."
        " Otherwise put the group right: Microsoft 365 admin centre, Billing, Licenses, the"
        " licence, Groups.",
    ),
    "license-unknown/switched-off": Entry(
        "{user} has several licences whose mailbox part (Exchange Online) is switched off, and it"
        " is not known which one is meant: {licenses}.",
        f"Name the one you mean in license.skuPartNumbers: {AGAIN}.",
    ),
    "license-unknown/on-premises": Entry(
        "{user} is synchronised from Active Directory, and its mailbox was never seen in"
        " the cloud. The mailbox may be on your own Exchange servers (on-premises), and a"
        " licence would make a second, empty one.",
        "Ask whoever looks after those servers where the mailbox is. If it is in the"
        " cloud, send a request for this person yourself.",
    ),
    "license-unknown/several": Entry(
        "{name} fits several licences of the tenant: {licenses}.",
        "Name the one you mean by its short name (such as SPE_E3) in"
        f" license.skuPartNumbers: {AGAIN}.",
    ),
    "license-unknown/then-deleted": Entry(
        "{user} has no licence with a mailbox. Its licences were changed at {changed:time}, and it"
        " was deleted at {deleted:time}: the licence may have gone first, or this was a shared"
        " mailbox, which needs none.",
        f'If it was a shared, room or equipment mailbox, use kind "user": {AGAIN}. If it was a'
        " person's mailbox, {choices}.",
    ),
    "license-unknown/purpose": Entry(
        "The mailbox of {user} could not be looked at: an access policy keeps the service away from"
        " it. It may be a shared one, which needs no licence, so none was chosen.",
        "If it is a person's mailbox, {choices}.",
    ),
    "license-unknown/purpose-unsaid": Entry(
        "The mailbox of {user} answers, and Microsoft Graph does not say what kind of mailbox it"
        " is. It may be a shared one, which needs no licence, so none was chosen.",
        "If it is a person's mailbox, {choices}.",
    ),
    "license-unknown/moved": Entry(
        "{user} has the licence for moving a mailbox to another tenant, so the mailbox"
        " licence may have been taken away on purpose.",
        "If the mailbox is to come back here all the same, {choices}.",
    ),
    "license-unknown/new": Entry(
        "{user} was created at {created:time} and was never seen with a licence: there may be"
        " nothing to bring back.",
        "If the person is to have a mailbox, {choices}.",
    ),
    "license-not-allowed": Entry(
        "You may not name {licenses} for this person: it is neither one that the person was seen"
        " with nor one that the settings allow for everybody.",
        _MAY_NAME,
        fix_keys="An administrator of the function app adds it to ALLOWED_SKU_IDS. To name any"
        f" licence takes the role Restore.Override, and {BY_KEYS}.",
    ),
    "license-not-in-tenant": Entry(
        "The tenant has no licence {license} for users.",
        "Of those that the tenant has you may name none. Have somebody with the role"
        " Restore.Override name one (GET /api/licenses), or an administrator of the function app"
        f" add one to ALLOWED_SKU_IDS. Then {AGAIN}.",
        fix_override="The tenant has no licence with a mailbox. Have an administrator buy one. Then"
        f" {AGAIN}.",
        fix_keys="Of those that the tenant has you may name none. An administrator of the function"
        f" app adds one to ALLOWED_SKU_IDS. Then {AGAIN}. To name any other takes the role"
        f" Restore.Override, and {BY_KEYS}.",
    ),
    "license-not-in-tenant/choices": Entry(
        "The tenant has no licence {license}.",
        "Name one of these in license.skuPartNumbers, or buy the missing one: {licenses}. Then"
        f" {AGAIN}.",
    ),
    "license-not-in-tenant/near": Entry(
        "The tenant has no licence that is called {license}. Nearly called so: {near}.",
        "If one of those is meant, name it in license.skuPartNumbers just as it is written there:"
        f" {AGAIN}. If not, name one of these, or buy the missing one: {{licenses}}.",
    ),
    "license-not-in-tenant/refused": Entry(
        "The licence is not one of the tenant's any more. {said}",
        f"{_NAME_ONE} {_NONE_ALLOWED}",
        fix_override=_NAME_ANY,
        fix_keys=f"{_NAME_ONE} If you may name none, an administrator of the function app adds one"
        " to ALLOWED_SKU_IDS.",
    ),
    "license-without-mailbox": Entry(
        "{licenses} gives no mailbox, or its mailbox part (Exchange Online) is switched off.",
        "Name a licence that has Exchange Online in license.skuPartNumbers (GET"
        " /api/licenses lists them), and take Exchange Online out of license.disabledPlans"
        f" if it stands there: {AGAIN}.",
    ),
    "usage-location-missing": Entry(
        "No country is set for {user} (usage location), and without one no licence can be given.",
        f"Set the country: {SET_COUNTRY}. It decides which services the person may use, so"
        f" this service never guesses it. A minute later, {AGAIN}.",
    ),
    "usage-location-missing/deleted": Entry(
        "No country is set for {user} (usage location), and without one no licence can be given. It"
        " cannot be set as long as the user is deleted.",
        'Bring the user back first, with kind "user". Then set the country:'
        f" {SET_COUNTRY}. It decides which services the person may use, so this service never"
        f" guesses it. A minute later, {AGAIN}.",
    ),
    "usage-location-missing/refused": Entry(
        "The country of the user (usage location) is missing, or not one that the licence"
        " may be used in. {said}",
        f"Set or correct the country: {SET_COUNTRY}. A minute later, {AGAIN}.",
    ),
    "license-conflict": Entry(
        "The licence does not go together with those that the user has. {said}",
        "In the Microsoft 365 admin centre (Users, Active users, the user, Licenses and"
        " apps), take off the licence that does not go with it, or add the one that is"
        " missing; or leave single parts of the licence out with license.disabledPlans."
        f" Then {AGAIN}.",
    ),
    "license-conflict/location": Entry(
        "The licence may not be used in the country of the user (usage location). {said}",
        f"Correct the country: {SET_COUNTRY}. Or leave out the parts that may not be used"
        f" there, with license.disabledPlans. Then {AGAIN}.",
    ),
    "choices/some": Entry(
        f"name one of these in license.skuPartNumbers: {{licenses}}. Then {AGAIN}"
    ),
    "choices/none": Entry(
        "an administrator of the function app adds its licence to ALLOWED_SKU_IDS, or somebody with"
        " the role Restore.Override names it: you may name none"
    ),
    "source/named": Entry("named in the request"),
    "source/switched-off": Entry("on the user, with its mailbox part switched off"),
    "source/observed": Entry("what this service saw the user have"),
    "source/audit": Entry("what the audit log names"),
    "source/default": Entry("the setting DEFAULT_SKU_IDS"),
}
