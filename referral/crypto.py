"""All keys, comparisons of secrets and random draws of the service. No other module derives keys."""

import hmac
import secrets
from functools import cache
from typing import Any

from django.conf import settings
from django.core.signing import Signer
from django.utils.crypto import salted_hmac

DIGITS = "0123456789"


@cache
def derive_key(purpose: str, secret: str) -> bytes:
    """A 32-byte key for one purpose, so that leaking one key does not expose the others."""
    return salted_hmac(f"referral: {purpose}", b"", secret=secret, algorithm="sha256").digest()


def token_keys(purpose: str) -> list[bytes]:
    """The keys for one kind of token: the signing key, then older keys that are still accepted."""
    return [derive_key(purpose, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def phone_hash(number: str) -> str:
    """The key of a number's sign-in row: 64 hexadecimal digits that do not reveal the number."""
    return _mac("phone number", number, settings.PHONE_HASH_KEY)


def code_mac(number: str, code: str, salt: str) -> str:
    """The stored form of a sign-in code: 64 hexadecimal digits, bound to the number and the send."""
    return _mac("sign-in code", f"{number}|{code}|{salt}", settings.SECRET_KEY)


def sign(purpose: str, value: Any) -> str:
    """A JSON value as signed text, which a client can store but not forge."""
    return Signer(salt=f"referral: {purpose}").sign_object(value)


def unsign(purpose: str, text: str) -> Any:
    """The value signed for this purpose. Raises BadSignature for any other text."""
    return Signer(salt=f"referral: {purpose}").unsign_object(text)


def equal(left: str, right: str) -> bool:
    """Compare two ASCII texts in constant time."""
    return hmac.compare_digest(left, right)


def random_text(alphabet: str, length: int) -> str:
    """`length` characters of `alphabet`, drawn uniformly from the operating system's random source."""
    return "".join([secrets.choice(alphabet) for _ in range(length)])


def random_salt() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def _mac(purpose: str, value: str, secret: str) -> str:
    return hmac.new(derive_key(purpose, secret), value.encode(), "sha256").hexdigest()
