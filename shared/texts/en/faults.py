"""Texts about what is wrong with a request; each continues from the name of the wrong part."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_TIME: Final = (
    "write it like 2026-05-01T08:00:00Z (UTC), or 2026-05-01T10:00:00+02:00 (two hours"
    " ahead of UTC)"
)
_URL: Final = (
    "write a whole address that begins with https://, such as https://example.logic.azure.com/..."
)

ENTRIES: Final[Catalogue] = {
    # The body as a whole.
    "fault/too-large": Entry("has {size} bytes; send at most {most}"),
    "fault/not-utf-8": Entry(
        "is not UTF-8: the byte at offset {offset} cannot stand there; send UTF-8 (in PowerShell:"
        " -ContentType 'application/json; charset=utf-8')"
    ),
    "fault/utf-16": Entry(
        "is UTF-16, and UTF-8 is taken (in PowerShell: -ContentType 'application/json;"
        " charset=utf-8', and for base64 [Text.Encoding]::UTF8)"
    ),
    "fault/empty-body": Entry("is empty; send a JSON object, in {{ }}"),
    "fault/wrong-quotes": Entry(
        "is not JSON: {found} stands at line {line}, column {column}, and JSON knows only the"
        ' straight double quotation mark "; write names and texts between two of those'
    ),
    "fault/unquoted": Entry(
        "is not JSON: at line {line}, column {column} a word begins without the double quotation"
        ' mark "; names and texts stand between two (true, false and null without); a shell may'
        " have removed them"
    ),
    "fault/not-json": Entry("is not JSON; the fault is at line {line}, column {column}"),
    "fault/json-no-beginning": Entry(
        "is not JSON: at line {line}, column {column} it begins with something other than {{; send"
        " a JSON object, in {{ }}"
    ),
    "fault/json-form": Entry(
        "is not JSON: it is a form or a table of PowerShell; turn it into JSON first (in"
        " PowerShell: -Body ($body | ConvertTo-Json -Depth 5))"
    ),
    "fault/json-twice": Entry(
        "is a text that has JSON in it: it was turned into JSON twice; do so once, and send the"
        " object itself, in {{ }}"
    ),
    "fault/json-list": Entry("is a list, in [ ], where an object belongs, in {{ }}"),
    "fault/json-or-csv": Entry(
        "is not JSON: it begins with something other than {{; send a JSON object, in {{ }}, or a"
        " CSV file with the header Content-Type: text/csv"
    ),
    "fault/json-cut-off": Entry(
        "is not JSON: it ends at line {line}, column {column} and is not complete; a value or a"
        " closing bracket is missing"
    ),
    "fault/json-no-value": Entry(
        "is not JSON: a value is missing at line {line}, column {column}; write a text in quotes, a"
        " number, true, false, null, a list in [ ] or an object in {{ }}"
    ),
    "fault/json-no-comma": Entry(
        "is not JSON: at line {line}, column {column} a comma or a closing bracket is missing"
    ),
    "fault/json-no-colon": Entry(
        "is not JSON: at line {line}, column {column} a colon is missing between the name of a"
        " field and its value"
    ),
    "fault/json-no-name": Entry(
        "is not JSON: at line {line}, column {column} the name of a field in quotes is missing"
    ),
    "fault/json-last-comma": Entry(
        "is not JSON: the comma at line {line}, column {column} has nothing after it; take it out"
    ),
    "fault/json-open-text": Entry(
        "is not JSON: the text that begins at line {line}, column {column} has no closing"
        " quotation mark"
    ),
    "fault/json-control": Entry(
        "is not JSON: at line {line}, column {column} a text holds a line break, a tab or a"
        " character that cannot be seen; write a line break as \\n and a tab as \\t"
    ),
    "fault/json-escape": Entry(
        "is not JSON: the backslash at line {line}, column {column} cannot stand alone; write two"
        " of them (\\\\) where one is meant"
    ),
    "fault/json-more": Entry(
        "is not JSON: it is complete, and more follows at line {line}, column {column}; send"
        " nothing else"
    ),
    "fault/too-deep": Entry("is nested too deeply; use at most {most} levels"),
    "fault/many-values": Entry("has more than {most} values; send fewer"),
    "fault/long-name": Entry("has a name of {count} characters; names have at most {most}"),
    "fault/half-character": Entry(
        "holds half a character (one of \\ud800 to \\udfff without the other half); send"
        " whole characters"
    ),
    "fault/half-character-in-name": Entry(
        "has a name with half a character (one of \\ud800 to \\udfff without the other"
        " half); send whole characters"
    ),
    "fault/written-twice": Entry("is written more than once; write it once"),
    "fault/no-finite-number": Entry(
        "is not an ordinary number (NaN, infinite, or far too large); write an ordinary number"
    ),
    "fault/no-json-object": Entry("must be a JSON object, in {{ }}"),
    "fault/no-restore": Entry("must be a restore request, such as {example}"),
    "fault/neither-json-nor-base64": Entry(
        "is neither a JSON object nor base64 of one; send the request as JSON"
    ),
    # A part of it.
    "fault/missing": Entry("is required"),
    "fault/missing-choice": Entry("is required; one of: {choices}"),
    "fault/no-string-like": Entry("must be text, in quotes; write it like {example}"),
    "fault/no-boolean": Entry("must be true or false, without quotes"),
    "fault/no-list-like": Entry("must be a list, in [ ]; write it like {example}"),
    "fault/no-object-like": Entry("must be an object, in {{ }}; write it like {example}"),
    "fault/unknown-name": Entry('"{name}" is not a field of this request'),
    "fault/misspelt-name": Entry(
        '"{name}" is not a field of this request; did you mean "{meant}"?'
    ),
    "fault/of-each-restore": Entry('"{name}" stands in each entry of restores; move it there'),
    "fault/queue-only": Entry("belongs to queue messages only; leave it out"),
    "fault/queue-only-sender": Entry(
        "belongs to queue messages only, since the sign-in says who asks; leave it out"
    ),
    "fault/fixed-kind": Entry("is fixed by this address; leave it out"),
    "fault/no-choice": Entry("must be one of: {choices}"),
    "fault/only-choice": Entry('must be "{choice}"'),
    "fault/too-few": Entry("must have at least {least:one entry|# entries}"),
    "fault/too-many": Entry("must have at most {most:one entry|# entries}"),
    "fault/other": Entry("is not as it should be"),
    "fault/no-value": Entry("is empty; write a value"),
    "fault/empty": Entry("is empty; write up to {most} characters"),
    "fault/too-long": Entry("has {count} characters; write at most {most}"),
    "fault/invisible": Entry(
        "holds a character that cannot be seen ({character} at position {position}); take it out"
    ),
    "fault/no-guid": Entry("is not a GUID; write it like 6fd2c87f-b296-42f0-b197-1e91e994b900"),
    "fault/no-object-id": Entry(
        "is not an object ID; write it like 6fd2c87f-b296-42f0-b197-1e91e994b900 (Entra admin"
        " centre, Users or Deleted users, the user, Overview)"
    ),
    "fault/user-name-character": Entry(
        "holds {character}, which no user name may; letters without accents, digits and"
        " ' . - _ ! # ^ ~ may stand before the @"
    ),
    "fault/no-user-name": Entry(
        "is not a user name; write name@domain, with a verified domain of the tenant"
    ),
    "fault/version": Entry('must be the number 1: write "version": 1'),
    # Times.
    "fault/no-time": Entry(f"is not a time; {_TIME}"),
    "fault/too-late": Entry(
        "lies after {latest:time}; what is lost today cannot come back later than that"
    ),
    "fault/time-without-quotes": Entry(f"must be a time in quotes; {_TIME}"),
    "fault/time-without-zone": Entry(f"does not say which time zone it is in; {_TIME}"),
    "fault/time-off-calendar": Entry(f"is a date or a time that does not exist; {_TIME}"),
    "fault/time-far": Entry(f"is not in the years {{first}} to {{last}}; {_TIME}"),
    # Addresses to be called.
    "fault/no-url": Entry(f"is not a web address; {_URL}"),
    "fault/url-characters": Entry(f"holds a space, a backslash or a letter outside a to z; {_URL}"),
    "fault/not-https": Entry(f"is not an https address with the name of a server; {_URL}"),
    "fault/url-parts": Entry(f"carries a user name, a password or a part after #; {_URL}"),
    "fault/port": Entry("names a port; leave it out, only 443 is called"),
    "fault/host-not-allowed": Entry(
        "leads to a server that is not allowed; allowed (setting CALLBACK_HOSTS): {hosts}"
    ),
    "fault/no-host-allowed": Entry(
        "leads to a server that is not allowed; none is (setting CALLBACK_HOSTS)"
    ),
    # What one part asks of another.
    "fault/rename-without-name": Entry('is required with onUpnConflict "rename" or "always"'),
    "fault/name-without-rename": Entry(
        'does nothing alone: add "onUpnConflict": "rename", or leave it out'
    ),
    "fault/names-no-license": Entry(
        "names no licence: give skuIds or skuPartNumbers, or leave license out to have one chosen"
    ),
    "fault/all-alone": Entry('"all" stands alone: leave out {names}, or leave out "all"'),
    "fault/header-key": Entry("the header Idempotency-Key {wrong}"),
    "fault/header-key-differs": Entry(
        "differs from the header Idempotency-Key; send the same in both, or only one of them"
    ),
    "fault/message-id": Entry("the message id in its place {wrong}"),
    "fault/event-id": Entry("{wrong}, or set idempotencyKey in the data"),
    "fault/override-on-queue": Entry(
        "takes the role {role}, and a queue message has Restore.Request only; send this over HTTP"
    ),
    "fault/override": Entry(
        "takes the role {role}, which you do not have; leave it out, or have somebody with that"
        " role send it"
    ),
    "fault/same-key": Entry("is the key of {first} as well; each needs its own"),
    "fault/key-reused": Entry("belongs to another request; send this one again with another key"),
    "fault/data-type": Entry("must be application/json, or left out"),
    "fault/data-twice": Entry("cannot stand beside data; send one of them"),
    "fault/data-no-object": Entry("must be an object, in {{ }}: the restore request"),
    "fault/data-missing": Entry("is required: the restore request"),
    "fault/not-base64": Entry("is not base64; send the request as data instead"),
    "fault/filter-without-effect": Entry("does nothing for {event}; leave it out"),
    "fault/no-end": Entry("is not a status with which a restore ends; write one of: {choices}"),
    # A file in CSV.
    "fault/csv-encoding": Entry(
        "is neither UTF-8 nor UTF-16 with its mark at the beginning; save it again as"
        ' "CSV UTF-8", which Excel offers under Save as'
    ),
    "fault/csv-separator": Entry(
        "names a separator (sep=) that is not taken; use a comma, a semicolon or a tab"
    ),
    "fault/csv-empty": Entry('is empty; begin with a line of names, "user" at least'),
    "fault/csv-no-rows": Entry("has nobody below its first line; write a line for each person"),
    "fault/csv-many-rows": Entry(
        "has more than {most} people; the first too many stands in line {line}: send the rest as"
        " another file"
    ),
    "fault/csv-blanks": Entry("has more than {most} lines of blanks; take them out"),
    "fault/csv-long-row": Entry(
        "is longer than {most} characters, or has a quotation mark that is not closed"
    ),
    "fault/csv-quote-open": Entry(
        "has a quotation mark that is not closed, so that everything after it belongs to one cell;"
        " close it, and write those inside of a quoted cell twice"
    ),
    "fault/csv-quote": Entry(
        "goes on after a closing quotation mark; write those inside of a quoted cell twice"
    ),
    "fault/csv-wide-row": Entry(
        "has {cells:one cell|# cells}, and the first line names {columns:one column|# columns};"
        " put a cell with a separator in it in quotation marks"
    ),
    "fault/csv-no-user": Entry(
        'none of the columns is called "user", which says who is meant; there may be {names}'
    ),
    "fault/csv-no-header": Entry(
        "no name of a column is known here; call the column with the people user, or begin the"
        " file with a line such as user,kind,reason. There may be {names}"
    ),
    "fault/csv-no-title": Entry("has no name; name the column, or take it out"),
    "fault/csv-column-twice": Entry('is "{name}", as column {first} is; keep one of the two'),
    "fault/csv-unknown-column": Entry(
        "is not a field of a request; take the column out, or give it one of these names: {names}"
    ),
    "fault/csv-misspelt-column": Entry(
        'is not a field of a request; did you mean "{meant}"? Otherwise take the column out'
    ),
    "fault/csv-no-boolean": Entry("must be true or false (yes or no)"),
    "fault/csv-status": Entry(
        "must be empty, or as the answer had it, one of: {choices}; empty it to send the line"
    ),
    "fault/csv-result": Entry(
        "this is the answer about a batch, and does not have all that was asked for: add the column"
        " kind, and dryRun, reason and what else your first list had"
    ),
    "fault/csv-result-done": Entry(
        "has only people who are back, were called off or are under way; to send a line all the"
        " same, empty its status"
    ),
    "fault/csv-no-license": Entry(
        "names no licence; write short names or product names with | between them, such as"
        " SPE_E3, or leave the cell empty to have one chosen"
    ),
    "fault/csv-field": Entry("{name} {wrong}"),
    "fault/in-line": Entry("line {line}: {wrong}"),
    "fault/in-cell": Entry("line {line}, column {column} ({title}): {wrong}"),
    # Lists.
    "fault/no-whole-number": Entry("must be a whole number from 1 to {most}"),
    "fault/no-token": Entry("did not come from this list; follow nextLink without changing it"),
    "fault/no-parameter": Entry("is not a parameter of this list; it has: {known}"),
    "fault/restores-of-one": Entry(
        "is not a parameter here; GET /api/restores?user= lists the restores of one person, and"
        " each has its journal at /api/restores/{{restoreId}}/journal"
    ),
    "fault/losses-of-one": Entry(
        "is not a parameter of this list; use search, which takes an address or a part of a name"
    ),
    "fault/no-parameters": Entry("is not a parameter of this list; it has none"),
    "fault/no-caller": Entry(
        "is not the id of whoever asked, and names are not looked for; write the id of requestedBy"
        " in this list (in CSV in brackets behind the name), or your own from GET /api/me"
    ),
    "fault/no-batch": Entry(
        "is not the id of a batch; write the 32 characters that the answer to POST /api/batches"
        " has as id, and each restore of the batch as batchId"
    ),
    "fault/one-person-at-a-time": Entry("names several people; ask for one at a time"),
    "fault/ends-before": Entry(
        "must be later than from, or there is no time between the two (from is included, to is not)"
    ),
    "fault/search": Entry("must be a text of at most {most} characters that can be seen"),
    "fault/no-days": Entry("must be a number of days from 0 to {most}, such as 3 or 0.5"),
}
