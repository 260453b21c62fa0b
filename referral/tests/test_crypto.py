"""Which secret each key comes from, and that no two purposes share one."""

import pytest

from referral import crypto

NUMBER = "+79110000001"
ANOTHER_KEY = "another key of more than thirty-two bytes"


@pytest.mark.parametrize(("setting", "same"), [("PHONE_HASH_KEY", False), ("SECRET_KEY", True)])
def test_the_hash_of_a_number_depends_on_its_own_key_only(settings, setting, same):
    before = crypto.phone_hash(NUMBER)
    setattr(settings, setting, ANOTHER_KEY)
    assert (crypto.phone_hash(NUMBER) == before) is same


@pytest.mark.parametrize(("setting", "same"), [("PHONE_HASH_KEY", True), ("SECRET_KEY", False)])
def test_the_mac_of_a_code_depends_on_the_secret_key_only(settings, setting, same):
    before = crypto.code_mac(NUMBER, "1234", "salt")
    setattr(settings, setting, ANOTHER_KEY)
    assert (crypto.code_mac(NUMBER, "1234", "salt") == before) is same


def test_each_purpose_and_each_secret_has_its_own_key():
    keys = {crypto.derive_key(purpose, secret) for purpose in ("a", "b") for secret in ("x", "y")}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}
