"""Events are signed as Standard Webhooks has it."""

import base64
from datetime import UTC, datetime

from shared.notify.signature import signed_headers

# The example of the Standard Webhooks libraries' documentation.
SECRET = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
NOW = datetime.fromtimestamp(1614265330, UTC)
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
BODY = b'{"test": 2432232314}'


def test_the_signature_is_the_published_one() -> None:
    """Id, time and body are signed together, with the example's own result."""
    headers = signed_headers(ID, BODY, NOW, [SECRET])

    assert headers == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_two_secrets_give_two_signatures() -> None:
    """While a secret is replaced, a receiver with either of them can check."""
    old, new = b"o" * 24, b"n" * 24

    both = signed_headers(ID, BODY, NOW, [new, old])["webhook-signature"].split(" ")

    assert [signed_headers(ID, BODY, NOW, [key])["webhook-signature"] for key in (new, old)] == both


def test_without_a_secret_nothing_is_signed() -> None:
    """The event is still named, for the receiver to tell a repetition."""
    assert {"webhook-id", "webhook-timestamp"} == set(signed_headers(ID, BODY, NOW, []))
