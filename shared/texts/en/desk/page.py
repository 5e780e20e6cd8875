"""Words around every view: navigation, bars, signing in, and times."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "shell.now": "You are signed in as {name} now.",
    "shell.title": "Reprieve",
    "shell.skip": "Skip to the content",
    "shell.menu": "Menu",
    "shell.places": "Places",
    "shell.places-menu": "Places, as a menu",
    "nav.today": "Today",
    "nav.restore": "Bring back",
    "nav.many": "Many",
    "nav.approvals": "Approvals",
    "nav.history": "History",
    "nav.failed": "Failed",
    "nav.report": "Weekly report",
    "nav.guards": "Guards",
    "nav.subscriptions": "Subscriptions",
    "nav.status": "Status",
    "nav.erasure": "Erase a person",
    "find.label": "Find a person",
    "settings.title": "Settings",
    "settings.language": "Language",
    "settings.theme": "Colours",
    "settings.sign-out": "Sign out",
    "theme.system": "As the system",
    "theme.light": "Light",
    "theme.dark": "Dark",
    "bar.lost": (
        "No connection to the service. What you see may be old; what you have typed is kept. "
        "Trying again."
    ),
    "bar.signed-out": "Your sign-in has ended. What you have typed is kept.",
    "bar.key-refused": "The function key is no longer accepted. What you have typed is kept.",
    "bar.sign-in-again": "Sign in again",
    "bar.new-version": "A newer version of this page is there.",
    "bar.broken": "Something in this page went wrong. What you have typed is kept.",
    "bar.reload": "Reload",
    "bar.busy": "The service is busy. Asking again in {count:# second|# seconds}.",
    "bar.busy-said": "The service is busy. It is asked again by itself.",
    "bar.cut": "A part of this page did not load. What you have typed is kept.",
    "problem.signed-out": "Nobody is signed in any more",
    "problem.signed-out-fix": "Sign in again, at the top of the page. It goes on from here.",
    "problem.title": "The service says no",
    "problem.unreachable": "The service did not answer",
    "problem.unreachable-detail": "Nothing came back, so nobody can tell yet whether it arrived.",
    "problem.unreachable-fix": "Try again. What is sent a second time from here counts once.",
    "problem.unreachable-read": (
        "Look whether you are online; it is read again when the connection is back."
    ),
    "problem.row": "Row {row}: {field}",
    "problem.again": "Try again",
    "dialog.to-type": "To go on, type {what}",
    "dialog.leave": "Leave it",
    "dialog.reason": "Reason (kept in the record)",
    "dialog.reason-needed": "Reason (needed, kept in the record)",
    "sign-in.title": "Sign in",
    "sign-in.entra": (
        "Sign in with your work account. What you may see and do follows from your roles."
    ),
    "sign-in.entra-button": "Sign in with Microsoft",
    "sign-in.keys": "This service asks for a function key.",
    "sign-in.key": "Function key",
    "sign-in.key-hint": (
        "It is kept in this browser tab only, and forgotten when the tab is closed."
    ),
    "sign-in.key-button": "Use this key",
    "sign-in.key-refused": "This key was not accepted. Check it with whoever runs the service.",
    "nothing.title": "Nothing here for you",
    "nothing.text": "The address leads nowhere, or to something that your roles do not open.",
    "nothing.no-role": (
        "You are signed in, and none of the service's roles is assigned to you. Ask whoever runs "
        "it for Restore.Read or Restore.Request."
    ),
    "nothing.start": "To the start",
    "time.today": "today at {time}",
    "time.tomorrow": "tomorrow at {time}",
    "time.yesterday": "yesterday at {time}",
    "time.weekday": "on {day} at {time}",
    "time.date": "on {day} at {time}",
    "time.ends": "ends {when}",
    "time.ended": "ended {when}",
    "time.minutes": "{count:# min|# min}",
    "time.hours": "{count:# hour|# hours}",
    "time.days": "{count:# day|# days}",
    "time.ago": "{length} ago",
    "time.just-now": "just now",
    "list.and": "{first} and {last}",
    "list.more": "Show more",
    "person.unknown": "unknown",
    "person.by-key": "Function key",
    "person-field.near": "People who are lost and called so",
}
