"""The trace id: taken from a caller's header, derived for everybody else, carried to Graph."""

import uuid

import pytest

from shared.domain.records.trace_id import trace_headers, trace_in, trace_of

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_the_caller_s_trace_is_taken() -> None:
    """Whoever follows a trace in the caller's tools finds our calls under the same id."""
    assert TRACE == trace_in(f"00-{TRACE}-b7ad6b7169203331-01")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "nonsense",
        f"00-{TRACE}-b7ad6b7169203331",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"ff-{TRACE}-b7ad6b7169203331-01",
        f"00-{TRACE}-b7ad6b7169203331-01\r\nX: 1",
    ],
)
def test_what_is_no_traceparent_is_passed_over(header: str | None) -> None:
    """W3C: a header that cannot be read is as good as none; nothing of it travels on."""
    assert trace_in(header) == ""


def test_a_restore_without_a_caller_s_trace_has_one_of_its_own() -> None:
    """The same each time, different for each restore, and well formed."""
    assert trace_of("a") == trace_of("a") != trace_of("b")
    assert trace_in(trace_headers(trace_of("a"))["traceparent"]) == trace_of("a")


def test_graph_gets_the_trace_in_both_forms() -> None:
    """client-request-id is a GUID made of the same digits."""
    headers = trace_headers(TRACE)

    assert uuid.UUID(headers["client-request-id"]).hex == TRACE
    assert trace_in(headers["traceparent"]) == TRACE
    assert trace_headers("") == {}
