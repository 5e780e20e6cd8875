"""Texts about licences and seats that are to be known beside the outcome."""

from typing import Final

from shared.texts.en.phrases import AGAIN, FREE_A_SEAT, NOT_YOURS, NOTHING
from shared.texts.entry import Catalogue, Entry

ENTRIES: Final[Catalogue] = {
    "license-chosen": Entry(
        "To be assigned: {licenses} ({source}).",
        NOTHING,
    ),
    "licenses-come-back": Entry(
        "These licences come back with the user: {licenses}.",
        NOTHING,
    ),
    "license-left-out/no-exchange": Entry(
        "{licenses} was lost at the same time and is not given back: there is no mailbox"
        " and no archive in it.",
        "If it is needed, give it by hand: Microsoft 365 admin centre, Users, Active"
        ' users, the user, Licenses and apps. A request with "all": true in license gives'
        " back all that was lost.",
    ),
    "license-left-out/of-group": Entry(
        "{licenses} was lost at the same time and is not given back: it came from a group.",
        "See why the group does not give it any more: Microsoft 365 admin centre, Billing,"
        " Licenses, the licence, Groups.",
    ),
    "license-left-out/origin-unknown": Entry(
        "{licenses} was lost at the same time and is not given back: it is not known"
        " whether it was given directly or by a group.",
        "If it was given directly, give it by hand in the Microsoft 365 admin centre"
        " (Users, Active users, the user, Licenses and apps); an archive is kept for 30"
        " days only.",
    ),
    "license-left-out/not-in-tenant": Entry(
        "The tenant has no licence {licenses} any more, so it gives the user nothing.",
        "If the user needs a mailbox, look at the licences in the Microsoft 365 admin centre after"
        " the restore, and give another one.",
    ),
    "license-left-out/no-seat": Entry(
        "Not given back, since none is free: {licenses}.",
        f"{FREE_A_SEAT}, and give it by hand (Users, Active users, the user, Licenses and"
        " apps); an archive is kept for 30 days only.",
    ),
    "license-left-out/another": Entry(
        "{licenses}: another licence with a mailbox was given to the user meanwhile, so this one"
        " is not given.",
        f'If the user needs both, use kind "license" and name this one in license.skuPartNumbers:'
        f" {AGAIN}.",
    ),
    "license-left-out/not-seen": Entry(
        "The mailbox licence does not show on the restored user yet.",
        "Look at the licences of the user in the Microsoft 365 admin centre (Users, Active"
        " users, the user, Licenses and apps), and give the licence there if it is missing.",
    ),
    "license-left-out/group": Entry(
        "The mailbox licence does not show on the restored user yet; it comes from the"
        " group {group}.",
        "See in the Entra admin centre, under Groups, whether the user is in the group,"
        " and in the Microsoft 365 admin centre, under Billing, Licenses, the licence,"
        " Groups, whether the group gives it.",
    ),
    "license-left-out/group-deleted": Entry(
        "The mailbox licence does not show on the restored user yet; it comes from the"
        " group {group}, which is deleted.",
        "Restore the group in the Entra admin centre, under Groups, Deleted groups; its"
        " licences come back with it.",
    ),
    "license-left-out/group-gone": Entry(
        "The mailbox licence does not show on the restored user yet; it comes from the"
        " group {group}, which is not there any more.",
        "If the group is among the deleted ones in the Entra admin centre (Groups, Deleted"
        " groups), restore it. Otherwise give the licence to another group of which the"
        " user is a member: Microsoft 365 admin centre, Billing, Licenses, the licence,"
        " Groups.",
    ),
    "license-left-out/not-assigned": Entry(
        "The user is back without the licence it had. {why}",
        "Give the licence by hand within 30 days of the loss: Microsoft 365 admin centre,"
        " Users, Active users, the user, Licenses and apps.",
    ),
    "license-not-used": Entry(
        "The licence named in the request is not given: the user's own comes back with it.",
        "Nothing to do; or leave the licence out.",
    ),
    "license-not-used/active": Entry(
        "The licence named in the request is not given: {user} is active and has one with a"
        " mailbox.",
        f'Nothing to do; or, to give it as well, use kind "license": {AGAIN}.',
    ),
    "plan-not-in-sku": Entry(
        "license.disabledPlans names parts (plans) that are not in {licenses}: {plans}.",
        "Nothing to do; or take them out of license.disabledPlans.",
    ),
    "license-smaller": Entry(
        "The mailbox of {licenses} holds less than that of {lost}, which was lost: a"
        " mailbox with more in it than it may hold cannot send or receive.",
        "Name a licence with as much room as the old one in license.skuPartNumbers; these"
        f" are free: {{others}}. {NOT_YOURS}",
        fix_override="Name a licence with as much room as the old one in"
        " license.skuPartNumbers; these are free: {others}.",
    ),
    "license-smaller/alone": Entry(
        "The mailbox of {licenses} holds less than that of {lost}, which was lost: a"
        " mailbox with more in it than it may hold cannot send or receive.",
        "Give the user a licence with as much room as the old one as soon as one is free;"
        " none is now. To get one: Microsoft 365 admin centre, Billing, Licenses.",
    ),
    "license-smaller/unknown-alone": Entry(
        "The mailbox of {licenses} holds little, and it is not known which licence was"
        " lost: a mailbox with more in it than it may hold cannot send or receive.",
        "If the old mailbox was larger, give the user a larger licence as soon as one is"
        " free; none is now. To get one: Microsoft 365 admin centre, Billing, Licenses.",
    ),
    "license-smaller/unknown": Entry(
        "The mailbox of {licenses} holds little, and it is not known which licence was"
        " lost: a mailbox with more in it than it may hold cannot send or receive.",
        "If the old mailbox was larger, name a larger licence in license.skuPartNumbers;"
        f" these are free: {{others}}. {NOT_YOURS}",
        fix_override="If the old mailbox was larger, name a larger licence in"
        " license.skuPartNumbers; these are free: {others}.",
    ),
    "license-missing": Entry(
        '{user} has lost its licence with a mailbox, which a restore of kind "user" does not look'
        " after.",
        f'To bring the mailbox back, use kind "mailbox": {AGAIN}.',
    ),
    "license-missing/perhaps": Entry(
        "{user} has no licence with a mailbox, and its licences were changed at {at:time}. If the"
        " licence of a mailbox went then, the mailbox can come back until {until:time} only, and"
        ' a restore of kind "user" does not look after it.',
        f'To bring such a mailbox back, use kind "mailbox": {AGAIN}. A shared, room or equipment'
        " mailbox needs no licence.",
    ),
    "archive-lost": Entry(
        "{licenses}, which carries the archive mailbox, was gone by {at:time}. The archive can come"
        " back until {until:time}.",
        "Give that licence back by hand in the Microsoft 365 admin centre, or name it in"
        ' license.skuPartNumbers with kind "license", together with the licence of the mailbox if'
        f" the user has none by then: {AGAIN}.",
    ),
    "archive-lost/deleted": Entry(
        "{licenses}, which carries the archive mailbox, was gone by {at:time}, and does not come"
        " back with the user. The archive can come back until {until:time}.",
        "Once the user is back, give that licence by hand in the Microsoft 365 admin centre, or"
        f' name it in license.skuPartNumbers with kind "license": {AGAIN}.',
    ),
    "shared-unlicensed": Entry(
        "The mailbox is a shared, room or equipment mailbox, and {licenses} was gone from"
        " it by {at:time}. Without a licence it may hold 50 GB, has no archive, and cannot"
        " be kept for legal reasons (hold).",
        "If it needs one of these, name the licence in license.skuPartNumbers; an archive"
        " can come back until {until:time}.",
    ),
    "shared-unlicensed/over": Entry(
        "The mailbox is a shared, room or equipment mailbox, and {licenses} was gone from"
        " it by {at:time}. Without a licence it may hold 50 GB, has no archive, and cannot"
        " be kept for legal reasons (hold).",
        "If it needs one of these, name the licence in license.skuPartNumbers. An archive could"
        " come back until {until:time}; that is over.",
    ),
    "shared-unlicensed/perhaps": Entry(
        "The mailbox is a shared, room or equipment mailbox without a licence, and its licences"
        " were changed at {at:time}; which of them is not known. Without a licence it may"
        " hold 50 GB, has no archive, and cannot be kept for legal reasons (hold).",
        "If it had an archive, or needs one of these, name the licence in license.skuPartNumbers;"
        " an archive of before can come back until {until:time}.",
    ),
    "mailbox-may-be-on-premises": Entry(
        "{user} is synchronised from Active Directory, and its mailbox was never seen in"
        " the cloud. It may be on your own Exchange servers (on-premises); a licence would"
        " then make a second, empty one.",
        "Before the licence is given, ask whoever looks after those servers where the mailbox is.",
    ),
    "moved-to-another-tenant": Entry(
        "{user} has the licence for moving a mailbox to another tenant: the mailbox"
        " licence may have been taken away on purpose.",
        "Ask whoever moves the mailboxes before the licence is given back.",
    ),
    "seats-free": Entry(
        "Free licences: {seats}.",
        NOTHING,
    ),
    "no-free-seat": Entry(
        "No licence of this kind seems to be free ({licenses}): the restore waits for one.",
        f"{FREE_A_SEAT}, while the mailbox can still come back.",
    ),
    "no-free-seat/others": Entry(
        "No licence of this kind seems to be free ({licenses}): the restore waits for one.",
        f"{FREE_A_SEAT}, while the mailbox can still come back. Or name a licence that is"
        f" free: {{others}}. {NOT_YOURS}",
        fix_override=f"{FREE_A_SEAT}, while the mailbox can still come back. Or name a licence"
        " that is free: {others}.",
    ),
    "no-free-seat/add-on": Entry(
        "No licence of this kind seems to be free ({licenses}). The mailbox does not wait"
        " for it: it is given only if one is free by then.",
        f"{FREE_A_SEAT}, while the mailbox can still come back.",
    ),
    "no-free-seat/group": Entry(
        "The group {group} gives {licenses}, and none is free: the restore waits for one.",
        f"{FREE_A_SEAT}, while the mailbox can still come back; the group then gives the"
        " licence by itself.",
    ),
    "seats-overdrawn": Entry(
        "No licence of this kind is free ({licenses}). The restored user keeps its licence"
        " all the same, and one more is then in use than was bought.",
        f"After the restore: {FREE_A_SEAT}.",
    ),
    "subscription-suspended": Entry(
        "The subscription of {licenses} has run out or was not paid for (suspended): it"
        " can be given to nobody at the moment.",
        "Renew the subscription (Microsoft 365 admin centre, Billing, Your products), or"
        f" name a licence that is free: {{others}}. {NOT_YOURS}",
        fix_override="Renew the subscription (Microsoft 365 admin centre, Billing, Your products),"
        " or name a licence that is free: {others}.",
    ),
    "subscription-suspended/alone": Entry(
        "The subscription of {licenses} has run out or was not paid for (suspended): it"
        " can be given to nobody at the moment.",
        "Renew the subscription (Microsoft 365 admin centre, Billing, Your products); no"
        " other licence with a mailbox is free.",
    ),
    "subscription-suspended/person": Entry(
        "Microsoft 365 shows {licenses} of {user} as not paid for (suspended), although the"
        " subscription itself can be used.",
        "If the subscription was renewed lately, look again in some hours. If it stays so, have an"
        " administrator ask Microsoft (Microsoft 365 admin centre, Support), or name a licence"
        f" that is free: {{others}}. Do not take the suspended one away first. {NOT_YOURS}",
        fix_override="If the subscription was renewed lately, look again in some hours. If it stays"
        " so, have an administrator ask Microsoft (Microsoft 365 admin centre, Support), or name a"
        " licence that is free: {others}. Do not take the suspended one away first.",
    ),
    "subscription-suspended/person-alone": Entry(
        "Microsoft 365 shows {licenses} of {user} as not paid for (suspended), although the"
        " subscription itself can be used.",
        "If the subscription was renewed lately, look again in some hours. If it stays so, have an"
        " administrator ask Microsoft (Microsoft 365 admin centre, Support); no other licence with"
        " a mailbox is free. Do not take the suspended one away.",
    ),
    "subscription-suspended/deleted": Entry(
        "The subscription of {licenses} has been deleted: it can be given to nobody, and a mailbox"
        " that depends on it may be gone, or go.",
        f"Name a licence that is free: {{others}}. {NOT_YOURS}",
        fix_override="Name a licence that is free: {others}.",
    ),
    "subscription-suspended/deleted-alone": Entry(
        "The subscription of {licenses} has been deleted: it can be given to nobody, and a mailbox"
        " that depends on it may be gone, or go.",
        "Buy a licence with a mailbox (Microsoft 365 admin centre, Marketplace): none is free.",
    ),
    "usage-location-late": Entry(
        "The country of the user (usage location) is set, and Microsoft does not take it"
        " into account yet.",
        "Nothing to do: the licence is tried again in a minute.",
    ),
    "mailbox-comes-back/license": Entry(
        "The mailbox comes back by itself once the licence is given, if it is still there.",
        "Allow some hours for it. This service does not look at what is in it.",
    ),
    "mailbox-comes-back/shared": Entry(
        "The mailbox was last seen as a shared, room or equipment mailbox. It comes back with its"
        " account, and needs no licence for that.",
        "Allow some hours for it. This service does not look at what is in it.",
    ),
    "mailbox-comes-back/user": Entry(
        "The mailbox, if the user had one, comes back with the user.",
        "Allow some hours for it. This service does not look at what is in it.",
    ),
}
