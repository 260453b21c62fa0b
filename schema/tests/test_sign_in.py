from datetime import datetime, timedelta

import pytest

from referral.models import PhoneSignIn, Session, User
from referral.sms.outcome import Outcome
from referral.tests.factories import new_number, wrong
from schema.tests.api_client import ME, REQUEST_CODE, VERIFY_CODE

pytestmark = pytest.mark.django_db


def instant(text):
    parsed = datetime.fromisoformat(text)
    assert parsed.utcoffset() == timedelta(0)
    return parsed


def test_the_whole_flow_from_number_to_profile(api):
    inviter = api.sign_in()["user"]
    sent = api.run(REQUEST_CODE, phone="8 (911) 000-00-01")
    assert (sent["phone"], sent["codeLength"], sent["demoCode"]) == ("+79110000001", 4, None)
    assert instant(sent["expiresAt"]) - instant(sent["resendAt"]) == timedelta(minutes=4)
    code = api.last_code()
    signed_in = api.run(VERIFY_CODE, phone="79110000001", code=code, inviteCode=inviter["inviteCode"])
    assert (signed_in["__typename"], signed_in["isNewUser"]) == ("SignedIn", True)
    assert signed_in["invite"]["__typename"] == "InviteActivated"
    me = api.run(ME, signed_in["accessToken"])
    assert me == signed_in["user"] == signed_in["invite"]["user"]
    assert (me["phone"], me["activatedCode"]) == ("+79110000001", inviter["inviteCode"])
    assert me["inviteLink"] == f"https://example.com/i/{me['inviteCode']}"
    assert (me["invitedPhones"], me["invitedCount"]) == ([], 0)


def test_three_spellings_of_a_number_are_one_user(api):
    ids = set()
    for spelling in ("8 (911) 000-00-01", "79110000001", "+7 911 000-00-01"):
        ids.add(api.sign_in(spelling)["user"]["id"])
        api.age_sends()
    assert len(ids) == User.objects.count() == 1


def test_the_expiry_of_tokens(api):
    signed_in = api.sign_in()
    access, refresh = instant(signed_in["accessTokenExpiresAt"]), instant(signed_in["refreshTokenExpiresAt"])
    created = Session.objects.get().created_at
    assert access == created.replace(microsecond=0) + timedelta(minutes=10)
    assert refresh - created == timedelta(days=30)


@pytest.mark.parametrize("phone", ["", "unknown", "+7911\x00", "+7 495 123-45-67", "1" * 10_000])
def test_an_invalid_number_is_refused(api, phone):
    for query in (REQUEST_CODE, VERIFY_CODE):
        problem = api.run(query, phone=phone, code="1234")
        assert (problem["__typename"], problem["code"]) == ("InvalidPhone", "INVALID_PHONE")
    assert (PhoneSignIn.objects.of_numbers().count(), api.gateway.outbox) == (0, [])


def test_a_country_that_is_not_allowed_is_refused(api, settings):
    settings.SMS_COUNTRIES = ["RU"]
    assert api.run(REQUEST_CODE, phone="+380501234567")["__typename"] == "CountryNotAllowed"


def test_a_second_code_within_a_minute_is_rate_limited(api):
    phone = new_number()
    sent = api.run(REQUEST_CODE, phone=phone)
    problem = api.run(REQUEST_CODE, phone=phone)
    assert (problem["__typename"], problem["code"]) == ("RateLimited", "RATE_LIMITED")
    assert problem["retryAt"] == sent["resendAt"]


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNKNOWN])
def test_after_a_failed_delivery_a_code_can_be_requested_at_once(api, outcome):
    phone = new_number()
    api.gateway.outcomes.append(outcome)
    problem = api.run(REQUEST_CODE, phone=phone)
    assert (problem["__typename"], problem["code"]) == ("DeliveryFailed", "DELIVERY_FAILED")
    assert api.run(REQUEST_CODE, phone=phone)["__typename"] == "CodeSent"


def test_the_code_dies_after_five_wrong_guesses(api):
    phone = new_number()
    code = api.sent_code(phone)
    for left in (4, 3, 2, 1, 0):
        problem = api.run(VERIFY_CODE, phone=phone, code=wrong(code))
        assert (problem["__typename"], problem["attemptsLeft"]) == ("WrongCode", left)
    problem = api.run(VERIFY_CODE, phone=phone, code=code)
    assert (problem["__typename"], problem["code"]) == ("CodeExpired", "CODE_EXPIRED")


@pytest.mark.parametrize("text", ["", "12", "abcd", "\x00\x00\x00\x00", "12😀4", "1" * 10_000])
def test_malformed_codes_are_wrong_but_not_counted(api, text):
    phone = new_number()
    code = api.sent_code(phone)
    problem = api.run(VERIFY_CODE, phone=phone, code=text)
    assert (problem["__typename"], problem["attemptsLeft"]) == ("WrongCode", 5)
    assert api.run(VERIFY_CODE, phone=phone, code=f" {code[:2]} - {code[2:]} ")["__typename"] == "SignedIn"


def test_the_invite_code_may_be_missing_null_empty_or_wrong(api):
    bare = (
        "mutation ($phone: String!, $code: String!) { verifyCode(phone: $phone, code: $code) "
        "{ ... on SignedIn { invite { __typename } } } }"
    )
    phone = new_number()
    assert api.run(bare, phone=phone, code=api.sent_code(phone)) == {"invite": None}
    assert api.sign_in(invite_code=None)["invite"] is None
    assert api.sign_in(invite_code="")["invite"] is None
    for text in (" ", "unknown", "222222", "\x00"):
        assert api.sign_in(invite_code=text)["invite"]["__typename"] == "InviteNotFound"


def test_a_session_starts_even_if_no_fields_are_selected(api):
    phone = new_number()
    query = 'mutation { verifyCode(phone: "%s", code: "%s", inviteCode: "222222") { __typename } }'
    answer = api.run(query % (phone, api.sent_code(phone)))
    assert answer == {"__typename": "SignedIn"}
    assert Session.objects.count() == 1
