"""Build query options and headers of a request, and escape untrusted text in its filter."""

from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection

# Source: Microsoft "List deletedItems": 100 by default, 999 at most.
LARGEST_PAGE = 999

# An SMTP address: 64 before the @, 255 after it. Source: RFC 5321, 4.5.3.1. A UPN is shorter.
_LONGEST_NAME = 320


def is_searchable(name: str) -> bool:
    """Whether anybody can have this name; control characters and half surrogates never do."""
    return bool(name.strip()) and len(name) <= _LONGEST_NAME and name.isprintable()


def literal(text: str) -> str:
    """A string in a filter; a quote is doubled, so the text cannot end it.

    Source: OASIS OData 4.01 URL conventions, 5.1.1.6.1 "Primitive Literals".
    """
    return "'" + text.replace("'", "''") + "'"


def configured[Q](query: Q, **headers: str) -> RequestConfiguration[Q]:
    """These options, sent with these headers."""
    collection = HeadersCollection()
    for name, value in headers.items():
        collection.add(name, value)
    return RequestConfiguration(headers=collection, query_parameters=query)
