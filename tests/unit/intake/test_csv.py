"""Batches in CSV: every dialect, the names of columns, and what is said of a bad file or row."""

import asyncio
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.batch import BATCH_COLUMNS
from shared.domain.batches.batch import BatchItem
from shared.domain.requests.request import RestoreKind
from shared.errors import BodyTooLargeError, InvalidRequestError
from shared.intake.batches.csv_header import FIELDS
from shared.intake.batches.from_csv import parse_batch_csv
from shared.intake.batches.items import MAX_BATCH_BYTES, BatchRequest
from shared.intake.wire.models import RestoreWire
from tests.reading import said
from tests.unit.intake.requests_of import HOSTS, SKU

ANNA: Final = "anna.berg@contoso.com"
BO: Final = "bo.dahl@contoso.com"
LATEST: Final = datetime(2026, 12, 24, tzinfo=UTC)
LINES: Final = (("user", "reason", "ticket"), (ANNA, "Løn; 3 år", "A-1"), (BO, "Nej, tak", ""))


def batch(body: str | bytes, *, key: str | None = None, may_override: bool = True) -> BatchRequest:
    """The batch in a file."""
    raw = body if isinstance(body, bytes) else body.encode()
    work = parse_batch_csv(
        raw, header_key=key, callback_hosts=HOSTS, may_override=may_override, latest=LATEST
    )
    return asyncio.run(work)


def faults(body: str | bytes, *, key: str | None = None) -> list[str]:
    """What a file is refused for."""
    with pytest.raises(InvalidRequestError) as refused:
        batch(body, key=key)
    assert {fault.pointer for fault in refused.value.faults} <= {"", "/idempotencyKey"}
    return [said(fault).message for fault in refused.value.faults]


def wrong(item: BatchItem) -> list[str]:
    """What is wrong with an item."""
    assert item.request is None
    return [said(fault).message for fault in item.faults]


def row(cells: str, names: str = "user;kind;licenses;dryRun;notBefore;reason") -> BatchItem:
    """The item of one row, below a good one so that the file is not refused."""
    return batch(f"{names}\n{ANNA}\n{cells}\n").items[1]


def users(body: str | bytes) -> list[str]:
    """Who is asked for."""
    return [item.user for item in batch(body).items]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("named", [False, True], ids=["", "sep="])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (BOM_UTF8, "utf-8"),
        (BOM_UTF16_LE, "utf-16-le"),
        (BOM_UTF16_BE, "utf-16-be"),
    ],
    ids=["UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE"],
)
def test_every_dialect_says_the_same(
    ending: str, delimiter: str, mark: bytes, encoding: str, *, named: bool
) -> None:
    """Whatever program has written it."""
    lines = [delimiter.join(f'"{cell}"' for cell in cells) for cells in LINES]
    first = [f"sep={delimiter}"] if named else []
    text = ending.join([*first, *lines])

    read = batch(mark + text.encode(encoding), key="leavers-1")

    requests = [item.request for item in read.items]
    found = [(it.user, it.reason, it.ticket, it.kind) for it in requests if it is not None]
    assert found == [
        (ANNA, "Løn; 3 år", "A-1", RestoreKind.MAILBOX),
        (BO, "Nej, tak", None, RestoreKind.MAILBOX),
    ]
    assert read.key == "leavers-1"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"user\n{ANNA}", [ANNA]),
        (f"user\r\n\r\n   \r\n{ANNA}\r\n\r\n{BO}\r\n", [ANNA, BO]),
        (f"\n\nuser;reason\n;\n{ANNA};x\n ; \n", [ANNA]),
        (f"user,,\n{ANNA},,\n", [ANNA]),
        (f"reason,user\n,{ANNA}\n", [ANNA]),
        (f"user;reason\n  {ANNA}\u00a0 ;  x \n", [ANNA]),
        (f'user,reason\n"{ANNA}", "a ""b"", c"\n', [ANNA]),
        (f'"user","reason"\n"{ANNA}","two\nlines"\n{BO},\n', [ANNA, BO]),
        (f'"sep=;"\nuser;reason\n{ANNA};a,b,c\n', [ANNA]),
        (f"SEP=\t\nuser\treason\n{ANNA}\ta,b,c\n", [ANNA]),
        (f'"reason, all of it; really";user\n{ANNA}\n', None),
        (f"#TYPE System.Management.Automation.PSCustomObject\nuser\n{ANNA}\n", [ANNA]),
        (f"version:v1.0,\nUser principal name [userPrincipalName] Required,\n{ANNA},\n", [ANNA]),
    ],
)
def test_what_stands_around_the_cells_does_not_count(body: str, found: list[str] | None) -> None:
    """Blank lines, blanks, empty columns at the end, line breaks in quotes."""
    if found is None:
        assert "column 1 (reason, all of it; really)" in faults(body)[0]
    else:
        assert users(body) == found


@pytest.mark.parametrize(
    "title",
    [
        "user",
        "USER",
        "userPrincipalName",
        "UserPrincipalName",
        "User principal name",
        "User principal name [userPrincipalName] Required",
        "Brugerens hovednavn [userPrincipalName] Påkrævet",
        "Object ID [objectId] Required",
        "UPN",
        "mail",
        "E-mail",
        "EMAIL",
        "Email address",
        "Username",
        "PrimarySmtpAddress",
        "Brugernavn",
        "E-mailadresse",
    ],
)
def test_many_names_mean_the_person(title: str) -> None:
    """Those of Graph and of the portals, in any case."""
    assert users(f"{title}\n{ANNA}\n") == [ANNA]


def test_every_field_of_a_request_may_be_a_column() -> None:
    """By its name in any case; the licences alone have a column of their own kind."""
    names = {it.alias or name for name, it in RestoreWire.model_fields.items()}
    assert set(FIELDS) == (names - {"license"}) | {"licenses"}
    cells = {
        "USER": ANNA,
        "Kind": "license",
        "idempotencyKEY": "k-1",
        "licenses": f"SPE_E3 | Office 365 E3 |{SKU}",
        "licenseRemovedAt": "2026-11-01T08:00:00Z",
        "On Upn Conflict": "rename",
        "new_user_principal_name": "anna2@contoso.com",
        "onaddressconflict": "drop",
        "acceptUnknownWindow": "TRUE",
        "allowSynced": "false",
        "dryrun": "True",
        "notBefore": "2026-11-23T08:00:00+01:00",
        "reason": "why",
        "ticket": "T-1",
        "callbackUrl": "https://prod-12.westeurope.logic.azure.com/workflows/1?sig=secret",
    }

    request = batch(f"{','.join(cells)}\n{','.join(cells.values())}\n").items[0].request

    assert request is not None
    assert request.license is not None
    assert request.license.sku_part_numbers == ("SPE_E3", "Office 365 E3")
    assert request.license.sku_ids == (SKU,)
    assert (request.accept_unknown_window, request.allow_synced, request.dry_run) == (
        True,
        False,
        True,
    )
    assert (request.kind, request.idempotency_key) == (RestoreKind.LICENSE, "k-1")
    assert request.not_before == datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert (request.on_upn_conflict, request.on_address_conflict) == ("rename", "drop")
    assert request.callback_url == cells["callbackUrl"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (f"{BO};mailbx", "line 3, column 2 (kind): must be one of: mailbox, user, license"),
        (f"{BO};;;oui", "line 3, column 4 (dryRun): must be true or false (yes or no)"),
        (
            f"{BO};;;;23-11-2026",
            "line 3, column 5 (notBefore): is not a time; write it like 2026-05-01T08:00:00Z",
        ),
        (f"{BO};;|", "line 3, column 3 (licenses): names no licence; write short names"),
        (";mailbox", "line 3, column 1 (user): is required"),
        (
            f"{BO};user;;;;why;more",
            "line 3: has 7 cells, and the first line names 6 columns; put a cell with a separator",
        ),
        (f'"{BO}"x;user', "line 3: goes on after a closing quotation mark"),
        (f'{BO};"user', "line 3: has a quotation mark that is not closed"),
        (f"{BO}\0", "line 3, column 1 (user): holds a character that cannot be seen (U+0000"),
        ("x" * 70_000, "line 3: is longer than 65,536 characters"),
        ("x;" * 33_000, "line 3: is longer than 65,536 characters"),
    ],
)
def test_a_bad_row_says_where_and_what_to_write(cells: str, told: str) -> None:
    """Line, column, and the spelling to use."""
    [message] = wrong(row(cells))

    assert message.startswith(told)


def test_a_bad_row_does_not_keep_the_others_waiting() -> None:
    """Neither do several of them, nor one with line breaks in its quotes before them."""
    body = f'user;kind;reason\n{ANNA};user;"a\nb\nc"\n{BO};mailbx\n"{BO}"x\n{BO};user;x;y\n{ANNA}\n'

    items = batch(body).items

    assert [item.request is not None for item in items] == [True, False, False, False, True]
    assert [wrong(item)[0].partition(",")[0].partition(":")[0] for item in items[1:4]] == [
        "line 5",
        "line 6",
        "line 7",
    ]
    assert [item.user for item in items] == [ANNA, BO, "", BO, ANNA]
    assert [item.faults[0].pointer for item in items[1:4]] == [
        "/restores/1/kind",
        "/restores/2",
        "/restores/3",
    ]


def test_an_override_takes_the_role_here_as_well() -> None:
    """The row is bad, and says so."""
    body = f"user,acceptUnknownWindow\n{ANNA},false\n{BO},true\n"

    items = batch(body, may_override=False).items

    assert items[0].request is not None
    assert wrong(items[1])[0].startswith(
        "line 3, column 2 (acceptUnknownWindow): takes the role Restore.Override"
    )


def test_a_danish_file_needs_no_other_names() -> None:
    """Its columns may be called as the Danish desk calls the fields."""
    [item] = batch(
        f"Bruger;Begrundelse;Sag;Licenser\n{ANNA};Slettet ved en fejl;INC-1;SPE_E3\n"
    ).items

    assert item.request is not None
    asked = (item.request.user, item.request.reason, item.request.ticket)
    assert asked == (ANNA, "Slettet ved en fejl", "INC-1")
    assert item.request.license is not None


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        *((word, True) for word in ("true", "Yes", "JA", "SAND", "1")),
        *((word, False) for word in ("FALSE", "no", "Nej", "falsk", "0")),
    ],
)
def test_yes_and_no_are_taken_in_both_languages(cell: str, meant: bool) -> None:  # noqa: FBT001
    """In any case, and as a Danish spreadsheet writes its own truths."""
    [item] = batch(f"bruger;allowSynced\n{ANNA};{cell}\n").items

    assert item.request is not None
    assert item.request.allow_synced is meant


def an_answer(*statuses: str, kind: str = "user") -> str:
    """The answer about a batch, sent back with the column `kind`."""
    names = [*BATCH_COLUMNS, "kind"]
    rows = [
        f"{at},p{at}@contoso.com,{status},some-code,A message.,A fix.,{at:032x},{kind}"
        for at, status in enumerate(statuses)
    ]
    return "\r\n".join([",".join(names), *rows, ""])


def test_an_answer_is_sent_back_without_what_is_done() -> None:
    """Whoever is back may have been deleted again on purpose, so nobody is brought back twice."""
    again = ["invalid", "Refused", "failed", ""]
    done = ["succeeded", "CANCELLED", "pending", "queued", "running", "waiting"]

    items = batch(an_answer(*again, *done)).items

    assert [item.user for item in items] == [f"p{at}@contoso.com" for at in range(len(again))]
    assert {item.request and item.request.kind for item in items} == {RestoreKind.USER}


def test_an_answer_that_is_all_done_begins_nothing() -> None:
    """And says how to send a line all the same."""
    [told] = faults(an_answer("succeeded", "cancelled"))

    assert "empty its status" in told


def test_an_answer_does_not_say_what_was_asked_for() -> None:
    """A trial run would be sent as one that changes something, so its sender has to say."""
    [told] = faults(an_answer("refused").replace(",kind", ",").replace(",user\r", ",\r"))

    assert told.startswith("line 1: this is the answer about a batch")
    assert "add the column kind, and dryRun" in told


def test_a_status_that_no_answer_has_keeps_its_row_back() -> None:
    """Whether it is done cannot be told."""
    good, bad = batch(an_answer("refused", "ok")).items

    assert good.request is not None
    assert wrong(bad)[0].startswith("line 3, column 3 (status): must be empty, or as the answer")


@pytest.mark.parametrize("title", sorted(set(BATCH_COLUMNS) - {"user"}))
def test_the_columns_of_an_answer_are_known_in_an_answer_only(title: str) -> None:
    """A column `status` or `message` of somebody's own list may mean anything."""
    [told] = faults(f"user,{title}\n{ANNA},x\n")

    assert f"column 2 ({title})" in told


def test_a_name_comes_back_without_the_apostrophe_of_the_answer() -> None:
    """The answer has put it there for the spreadsheet."""
    body = an_answer("refused").replace("p0@", "'=p0@")

    assert users(body) == ["=p0@contoso.com"]


def test_two_rows_of_one_person_are_two_items() -> None:
    """With one key they are not: each restore has its own."""
    twice = batch(f"user\n{ANNA}\n{ANNA}\n").items
    keyed = batch(f"user,idempotencyKey\n{ANNA},k\n{BO},k\n").items

    assert [item.request is not None for item in twice] == [True, True]
    assert wrong(keyed[1])[0].startswith("line 3, column 2 (idempotencyKey): is the key of")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "is empty; begin with a line of names"),
        (b" \r\n\r\n", "is empty; begin with a line of names"),
        (b";;;\n;;\n", "is empty; begin with a line of names"),
        (b"user\n\n", "has nobody below its first line"),
        (b"user\n" + b'""\n' * 20_001, "has more than 20,000 lines of blanks"),
        (b"sep=|\nuser\nx", "names a separator (sep=) that is not taken"),
        ("user\nsøren@contoso.com".encode("latin-1"), "is neither UTF-8 nor UTF-16"),
        ("user\nx@contoso.com".encode("utf-16-le"), "is neither UTF-8 nor UTF-16"),
        ("user\nx@contoso.com".encode("utf-16-be"), "is neither UTF-8 nor UTF-16"),
        ("user\nx@contoso.com".encode("utf-32"), "is neither UTF-8 nor UTF-16"),
        (BOM_UTF16_LE + b"u\0s\0e\0r\0\n\0\x00\xd8\n\0", "is neither UTF-8 nor UTF-16"),
        (b"Department,Office\nx,y", "line 1: no name of a column is known here; call the"),
        (b"reason\nx", 'line 1: none of the columns is called "user"'),
        (b"user,Department\nx,y", "line 1, column 2 (Department): is not a field of a request"),
        (b"user,licences\nx,y", "column 2 (licences): is not a field of a request; did you mean"),
        (b"user,upn\nx,y", 'line 1, column 2 (upn): is "user", as column 1 is; keep one'),
        (b"user,,reason\nx,,y", "line 1, column 2 (): has no name; name the column"),
        (b'"user\nx', "line 1: has a quotation mark that is not closed"),
        (b"user," + b"x" * 70_000, "line 1: is longer than 65,536 characters"),
        (f"{ANNA}\n{BO}\n".encode(), "line 1: no name of a column is known here; call the"),
    ],
)
def test_a_bad_file_or_header_begins_nothing(body: bytes, told: str) -> None:
    """400 that says what to do."""
    assert told in faults(body)[0]


def test_a_file_without_a_header_is_told_so_once() -> None:
    """Not once for each of its cells."""
    [told] = faults(f"{ANNA},mailbox,left by mistake\n{BO},mailbox,\n")

    assert "such as user,kind,reason" in told


def test_the_columns_that_most_files_need_are_named_first() -> None:
    """The others may hide behind "and n more"."""
    [told] = faults(f"user,Department\n{ANNA},x")

    assert "these names: user, kind, reason, ticket, licenses, " in told


def test_every_fault_of_a_header_is_told_at_once() -> None:
    """With that of the key."""
    found = faults("Name;reasn;upn;mail;\nx", key="a\tb")

    assert len(found) == 4
    assert "Idempotency-Key" in found[0]
    assert 'did you mean "reason"' in found[2]


def test_a_file_has_at_most_a_thousand_people() -> None:
    """The thousandth is taken, the next one is told, and nobody is begun."""
    lines = [f"p{number}@contoso.com" for number in range(1001)]

    assert len(batch("\n\n".join(["user", *lines[:1000]])).items) == 1000
    [told] = faults("\n\n".join(["user", *lines]))
    assert told.startswith("has more than 1000 people; the first too many stands in line 2003: ")


def test_a_file_without_a_good_row_is_refused() -> None:
    """With what is wrong with each of them."""
    with pytest.raises(InvalidRequestError) as refused:
        batch("user;kind\n;\nx;y\n;z\n")

    found = [(fault.pointer, said(fault).message[:6]) for fault in refused.value.faults]
    assert found == [
        ("/restores/0/kind", "line 3"),
        ("/restores/1/user", "line 4"),
        ("/restores/1/kind", "line 4"),
    ]


def test_a_file_has_at_most_four_mebibytes() -> None:
    """More is refused unread."""
    with pytest.raises(BodyTooLargeError):
        batch(b"user\n" + b"x" * MAX_BATCH_BYTES)


def test_signs_beyond_the_plane_are_kept() -> None:
    """In any encoding."""
    text = f"user,reason\n{ANNA},\U0001f600 \U00020000\n"
    for body in (text.encode(), text.encode("utf-16")):
        request = batch(body).items[0].request
        assert request is not None
        assert request.reason == "\U0001f600 \U00020000"


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda it: f"user;{it}".encode()))
def test_no_bytes_raise_anything_else(body: bytes) -> None:
    """Whatever they are."""
    with suppress(InvalidRequestError):
        assert batch(body).items


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=6))
def test_no_cells_raise_anything_else(cells: list[str]) -> None:
    """As cells of a row, quoted as they should be."""
    line = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    items = batch(f"user,kind,licenses,dryRun,notBefore,reason\n{ANNA}\n{line}\n").items

    assert items[0].request is not None
