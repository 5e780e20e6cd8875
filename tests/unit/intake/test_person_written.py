"""A person pasted from another program: what is in the way is named, and nobody is looked up."""

import pytest

from shared.domain.text import Text
from shared.intake.wire.person_written import not_one_person
from shared.texts.reader import Language, Reader
from shared.texts.render import words

ID = "0c1d2e3f-4a5b-4c6d-8e7f-0123456789ab"
ADDRESS = "megan@contoso.com"

PASTED = [
    # A link, and an entry of proxyAddresses.
    (f"mailto:{ADDRESS}", "person-behind", "begins with mailto:"),
    (f"MAILTO: {ADDRESS}", "person-behind", "begins with mailto:"),
    (f"SMTP:{ADDRESS}", "person-behind", "begins with smtp:"),
    (f"sip:{ADDRESS}", "person-behind", "begins with sip:"),
    # Out of code, of a word processor, and with half of the marks.
    (f'"{ADDRESS}"', "person-in-quotes", "quotation marks"),
    (f"'{ADDRESS}'", "person-in-quotes", "quotation marks"),
    (f"\u201c{ADDRESS}\u201d", "person-in-quotes", "quotation marks"),
    (f"\u201e{ADDRESS}\u201c", "person-in-quotes", "quotation marks"),
    ("\u00bbMegan Bowen\u00ab", "person-in-quotes", "quotation marks"),
    # Out of a list, or of a sentence.
    (f"{ADDRESS};", "person-with-mark", 'ends with ";"'),
    (f"{ADDRESS},", "person-with-mark", 'ends with ","'),
    (f"{ADDRESS}.", "person-with-mark", 'ends with "."'),
    (f"{ID};", "person-with-mark", 'ends with ";"'),
    # As a keyboard for Japanese or Chinese writes it.
    ("\uff4degan@contoso.com", "person-wide", "full-width"),
    ("megan\uff20contoso.com", "person-wide", "full-width"),
    # The address of a page.
    (f"https://entra.microsoft.com/#view/overview/userId/{ID}", "person-in-link", "is a link"),
    # An id that lost its hyphens, or an end.
    (ID.replace("-", ""), "person-broken-id", "write its 32 digits with hyphens"),
    (ID[:-1], "person-broken-id", "write its 32 digits with hyphens"),
    # By what a helpdesk knows a caller.
    ("+45 12 34 56 78", "person-number", "telephone"),
    ("(045) 12.34/56-78", "person-number", "telephone"),
    ("104711", "person-number", "employee"),
    # Active Directory, and Exchange inside.
    ("S-1-5-21-397955417-626881126-188441444-1010", "person-inside", "Active Directory"),
    ("CN=Megan Bowen,OU=Sales,DC=contoso,DC=com", "person-inside", "Active Directory"),
    ("/o=ExchangeLabs/ou=Group/cn=Recipients/cn=megan", "person-inside", "Exchange"),
    ("X500:/o=Contoso/ou=Group/cn=megan", "person-inside", "Exchange"),
]

AS_IT_IS = [
    ADDRESS,
    ID,
    ID.upper(),
    # As Entra ID lists a deleted user.
    f"{ID.replace('-', '')}{ADDRESS}",
    # Of other forms that somebody may have.
    "o'neil@contoso.com",
    "'o@contoso.com",
    "') or endsWith(mail,'@contoso.com') or mail eq ('",
    "1234567@contoso.com",
    "+4512345678@contoso.com",
    "megan_fabrikam.com#EXT#@contoso.com",
    # Display names: looked for among similar ones.
    "Megan Bowen",
    "Bowen, Megan",
    "M. Bowen jr.",
    "Team 42",
    "E-1007",
]


def _found(written: str) -> Text:
    wrong = not_one_person(written)
    assert wrong is not None
    return wrong


@pytest.mark.parametrize(("written", "variant", "said"), PASTED)
def test_what_was_pasted_with_it_is_named(written: str, variant: str, said: str) -> None:
    """Each form has its own text, which says what to write."""
    wrong = _found(written)

    assert wrong.variant == variant
    assert said in words(wrong, Reader()).message


@pytest.mark.parametrize(("written", "variant", "said"), PASTED)
def test_the_name_itself_is_not_repeated(written: str, variant: str, said: str) -> None:
    """In neither language: a fault never quotes the value."""
    told = [words(_found(written), Reader(language)).message for language in Language]

    assert not any("megan" in one.lower() or ID in one.replace(" ", "") for one in told if variant)
    assert told[0] != told[1], said


@pytest.mark.parametrize("written", AS_IT_IS)
def test_a_name_that_may_be_somebodys_is_looked_up(written: str) -> None:
    """Whatever an address, an id or a display name may look like."""
    assert not_one_person(written) is None


def test_several_stay_several() -> None:
    """However the last of them ends."""
    assert _found("megan@contoso.com; bo@contoso.com;").variant == "several-people"
