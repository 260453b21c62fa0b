"""Every key, comparison and random draw of the service. Nothing else reads SECRET_KEY."""

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
    """32 bytes for one purpose, so that a key leaked from one place opens no other."""
    return salted_hmac(f"referral: {purpose}", b"", secret=secret, algorithm="sha256").digest()


def token_keys(purpose: str) -> list[bytes]:
    """The keys of one kind of token: the one that signs, then those that are still believed."""
    return [derive_key(purpose, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def phone_hash(number: str) -> str:
    """The key of a number's sign-in row: 64 hexadecimal digits that do not give the number away."""
    return _mac("phone number", number, settings.PHONE_HASH_KEY)


def code_mac(number: str, code: str, salt: str) -> str:
    """What is stored of a sign-in code: 64 hexadecimal digits, of no use for another number or send."""
    return _mac("sign-in code", f"{number}|{code}|{salt}", settings.SECRET_KEY)


def sign(purpose: str, value: Any) -> str:
    """A JSON value as a text that a client can keep but neither make nor change."""
    return Signer(salt=f"referral: {purpose}").sign_object(value)


def unsign(purpose: str, text: str) -> Any:
    """The value that was signed for this purpose. Raises BadSignature for any other text."""
    return Signer(salt=f"referral: {purpose}").unsign_object(text)


def equal(left: str, right: str) -> bool:
    """Compare two ASCII texts in a time that does not tell where they differ."""
    return hmac.compare_digest(left, right)


def random_text(alphabet: str, length: int) -> str:
    """Each character drawn uniformly from the operating system's source."""
    return "".join([secrets.choice(alphabet) for _ in range(length)])


def random_salt() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def _mac(purpose: str, value: str, secret: str) -> str:
    return hmac.new(derive_key(purpose, secret), value.encode(), "sha256").hexdigest()
