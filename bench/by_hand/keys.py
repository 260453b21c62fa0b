"""The limit's keys: the service's own, passed in the environment. And the hashes made with them."""

import hmac
import os
from base64 import urlsafe_b64encode


def _key(which: str) -> bytes:
    return bytes.fromhex(os.environ[f"LIMIT_{which}_KEY"])


ACCESS, REFRESH, PHONE, CODE = map(_key, ("ACCESS", "REFRESH", "PHONE", "CODE"))


def phone_hash(phone: str) -> str:
    """The key of a number's sign-in row."""
    return hmac.digest(PHONE, phone.encode(), "sha256").hex()


def code_mac(phone: str, code: str, salt: str) -> str:
    """The stored MAC of a sign-in code."""
    return hmac.digest(CODE, f"{phone}|{code}|{salt}".encode(), "sha256").hex()


def signature(value: str) -> str:
    """The last part of a refresh token."""
    return urlsafe_b64encode(hmac.digest(REFRESH, value.encode(), "sha256")).rstrip(b"=").decode()
