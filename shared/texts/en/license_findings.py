"""Texts about licences and seats that are to be known beside the outcome."""

from typing import Final

from shared.texts.en.phrases import AGAIN, NOT_YOURS, NOTHING
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
        "{licenses} went in the same loss and is not given back: there is no mailbox and no archive"
        " in it.",
        'If it is needed, give it by hand in the Microsoft 365 admin centre. With "all": true in'
        " license, a restore gives back all that went.",
    ),
    "license-left-out/of-group": Entry(
        "{licenses} went in the same loss and is not given back: it came from a group.",
        "See in the Entra admin centre why the group does not give it any more.",
    ),
    "license-left-out/origin-unknown": Entry(
        "{licenses} went in the same loss and is not given back: it is not known whether it was"
        " given directly or by a group.",
        "If it was given directly, give it by hand in the Microsoft 365 admin centre; an archive is"
        " kept for 30 days only.",
    ),
    "license-left-out/not-in-tenant": Entry(
        "The tenant has no licence {licenses} any more, so it gives the user nothing.",
        "If the user needs a mailbox, look at the licences in the Microsoft 365 admin centre after"
        " the restore, and give another one.",
    ),
    "license-left-out/no-seat": Entry(
        "Not given back, since no seat is free: {licenses}.",
        "Free or buy a seat and give it by hand in the Microsoft 365 admin centre; an archive is"
        " kept for 30 days only.",
    ),
    "license-left-out/not-seen": Entry(
        "The mailbox licence has not shown on the restored user.",
        "Look at the user's licences in the Microsoft 365 admin centre, and give the licence by"
        " hand if it is missing.",
    ),
    "license-left-out/group": Entry(
        "The mailbox licence has not shown on the restored user; it comes from the group {group}.",
        "See in the Entra admin centre whether the user is in the group, and under Licenses whether"
        " the group gives it.",
    ),
    "license-left-out/group-deleted": Entry(
        "The mailbox licence has not shown on the restored user; it comes from the group {group},"
        " which is deleted.",
        "Restore the group in the Entra admin centre, under Deleted groups; its licences come back"
        " with it.",
    ),
    "license-left-out/group-gone": Entry(
        "The mailbox licence has not shown on the restored user; it comes from the group {group},"
        " which is not there any more.",
        "Restore the group if it is among the deleted groups in the Entra admin centre; else give"
        " another group the licence.",
    ),
    "license-left-out/not-assigned": Entry(
        "The user is back without the licence it had. {why}",
        "Give the licence by hand in the Microsoft 365 admin centre, within 30 days of the loss.",
    ),
    "license-not-used": Entry(
        "The licence named in the request is not given: the user's own comes back with it.",
        "Nothing to do; or leave the licence out.",
    ),
    "plan-not-in-sku": Entry(
        "license.disabledPlans names plans that are not in {licenses}: {plans}.",
        "Nothing to do; or take them out of license.disabledPlans.",
    ),
    "license-smaller": Entry(
        "{licenses} has a smaller mailbox than {lost}, which was lost: a mailbox above its size"
        " cannot send or receive.",
        "Name a licence as large as the old one in license.skuPartNumbers; with seats: {others}."
        f" {NOT_YOURS}",
        fix_override="Name a licence as large as the old one in license.skuPartNumbers; with seats:"
        " {others}.",
    ),
    "license-smaller/alone": Entry(
        "{licenses} has a smaller mailbox than {lost}, which was lost: a mailbox above its size"
        " cannot send or receive.",
        "Give a licence as large as the old one as soon as a seat is free; none is now.",
    ),
    "license-smaller/unknown-alone": Entry(
        "{licenses} has a small mailbox, and it is not known which licence was lost: a mailbox"
        " above its size cannot send or receive.",
        "If the mailbox was larger, give a larger licence as soon as a seat is free; none is now.",
    ),
    "license-smaller/unknown": Entry(
        "{licenses} has a small mailbox, and it is not known which licence was lost: a mailbox"
        " above its size cannot send or receive.",
        "If the mailbox was larger, name a larger licence in license.skuPartNumbers; with seats:"
        f" {{others}}. {NOT_YOURS}",
        fix_override="If the mailbox was larger, name a larger licence in license.skuPartNumbers;"
        " with seats: {others}.",
    ),
    "license-missing": Entry(
        '{user} has lost its licence with a mailbox, which a restore of kind "user" does not look'
        " after.",
        f'To bring the mailbox back, use kind "mailbox": {AGAIN}.',
    ),
    "archive-lost": Entry(
        "{licenses}, which carries the archive mailbox, was gone by {at:time}. The archive can come"
        " back until {until:time}.",
        "Give that licence back by hand in the Microsoft 365 admin centre, or name it in"
        f" license.skuPartNumbers: {AGAIN}.",
    ),
    "shared-unlicensed": Entry(
        "The mailbox is a shared, room or equipment mailbox, and {licenses} was gone from it by"
        " {at:time}. Without a licence it may have 50 GB, no archive and no hold.",
        "If it needs one of these, name the licence in license.skuPartNumbers; an archive can come"
        " back until {until:time}.",
    ),
    "mailbox-may-be-on-premises": Entry(
        "{user} is synchronised from Active Directory, and its mailbox was never seen in the cloud:"
        " it may be on-premises. A licence would then make a second, empty one.",
        "Ask whoever looks after the on-premises Exchange where the mailbox is, before the licence"
        " is given.",
    ),
    "moved-to-another-tenant": Entry(
        "{user} carries the licence for a move to another tenant: the mailbox licence may have been"
        " taken away on purpose.",
        "Ask whoever moves the mailboxes before the licence is given back.",
    ),
    "seats-free": Entry(
        "Free seats: {seats}.",
        NOTHING,
    ),
    "no-free-seat": Entry(
        "No seat of {licenses} seems free: the restore waits for one.",
        "Free or buy a seat in the Microsoft 365 admin centre before the window closes.",
    ),
    "no-free-seat/others": Entry(
        "No seat of {licenses} seems free: the restore waits for one.",
        "Free or buy a seat before the window closes, or name a licence that has seats: {others}."
        f" {NOT_YOURS}",
        fix_override="Free or buy a seat before the window closes, or name a licence that has"
        " seats: {others}.",
    ),
    "no-free-seat/add-on": Entry(
        "No seat of {licenses} seems free. The mailbox does not wait for it: it is given only if a"
        " seat is there by then.",
        "Free or buy a seat in the Microsoft 365 admin centre before the window closes.",
    ),
    "no-free-seat/group": Entry(
        "The group {group} gives {licenses}, and no seat is free: the restore waits for one.",
        "Free or buy a seat in the Microsoft 365 admin centre before the window closes; the group"
        " then gives the licence by itself.",
    ),
    "seats-overdrawn": Entry(
        "No seat of {licenses} is free. The restored user keeps its licence all the same, and there"
        " is one more in use than was bought.",
        "Free or buy a seat after the restore.",
    ),
    "subscription-suspended": Entry(
        "The subscription of {licenses} is suspended: nobody can be given it at the moment.",
        f"Renew the subscription, or name a licence that has seats: {{others}}. {NOT_YOURS}",
        fix_override="Renew the subscription, or name a licence that has seats: {others}.",
    ),
    "subscription-suspended/alone": Entry(
        "The subscription of {licenses} is suspended: nobody can be given it at the moment.",
        "Renew the subscription; no other licence with a mailbox has a free seat.",
    ),
    "usage-location-late": Entry(
        "The country of the user (usage location) is set, and Microsoft Graph does not take it into"
        " account yet.",
        "Nothing to do: the licence is tried again in a minute.",
    ),
    "mailbox-comes-back/license": Entry(
        "The mailbox comes back by itself once the licence is given, if it is still there.",
        "Allow it some hours. What is in it is not looked at.",
    ),
    "mailbox-comes-back/user": Entry(
        "The mailbox, if the user had one, comes back with the user.",
        "Allow it some hours. What is in it is not looked at.",
    ),
}
