"""Looking at each other, and going for good."""

import pytest

from referral import invites
from referral.models import User
from referral.tests.factories import NOON, new_number, new_user
from schema import ids
from schema.tests.api_client import ACTIVATE_INVITE, ME, PROBLEM, REFRESH_SESSION, SESSIONS

pytestmark = pytest.mark.django_db
USER = "query ($phone: String!) { user(phone: $phone) { id phone inviteCode invitedCount createdAt } }"
DELETE_ACCOUNT = (
    "mutation ($phone: String!) { deleteAccount(phone: $phone) { __typename "
    f"... on AccountDeleted {{ deletedAt }} {PROBLEM} }} }}"
)


def test_a_profile_of_somebody_linked(api):
    viewer, other = api.sign_in(), new_user()
    invites.activate(user=other, code=viewer["user"]["inviteCode"], now=NOON)
    assert api.run(USER, viewer["accessToken"], phone=other.phone) == {
        "id": ids.encode("Profile", other.id),
        "phone": other.phone,
        "inviteCode": other.invite_code,
        "invitedCount": 0,
        "createdAt": "2026-03-01T12:00:00+00:00",
    }


def test_whoever_is_not_linked_unknown_or_no_number_is_null_alike(api):
    viewer = api.sign_in()["accessToken"]
    for phone in (new_user().phone, new_number(), "", "nobody", "\x00", "9" * 10_000):
        assert api.run(USER, viewer, phone=phone) is None


def test_profiles_are_for_viewers_who_signed_in(api):
    assert api.error_code(USER, phone=new_number()) == "UNAUTHENTICATED"


def test_a_deleted_account_is_gone_at_once(api):
    viewer = api.sign_in()
    token, phone = viewer["accessToken"], viewer["user"]["phone"]
    assert api.run(DELETE_ACCOUNT, token, phone=phone)["__typename"] == "AccountDeleted"
    for query in (ME, SESSIONS):
        assert api.error_code(query, token) == "UNAUTHENTICATED"
    refreshed = api.run(REFRESH_SESSION, refreshToken=viewer["refreshToken"])
    assert refreshed["__typename"] == "InvalidRefreshToken"
    assert not User.objects.filter(phone=phone).exists()


def test_it_takes_ones_own_number(api):
    viewer = api.sign_in()
    for phone in ("", "yes", new_number()):
        refused = api.run(DELETE_ACCOUNT, viewer["accessToken"], phone=phone)
        assert (refused["__typename"], refused["code"]) == ("PhoneMismatch", "PHONE_MISMATCH")
    assert api.run(ME, viewer["accessToken"])["phone"] == viewer["user"]["phone"]
    assert api.error_code(DELETE_ACCOUNT, phone=viewer["user"]["phone"]) == "UNAUTHENTICATED"


def test_the_number_comes_back_as_somebody_new_whom_nobody_can_bring(api):
    inviter, viewer = api.sign_in(), api.sign_in()
    code = inviter["user"]["inviteCode"]
    api.run(ACTIVATE_INVITE, viewer["accessToken"], code=code)
    api.run(DELETE_ACCOUNT, viewer["accessToken"], phone=viewer["user"]["phone"])
    assert api.run(ME, inviter["accessToken"]) == inviter["user"] | {"invitedCount": 1}
    api.age_sends()
    again = api.sign_in(viewer["user"]["phone"])
    assert again["isNewUser"]
    refused = api.run(ACTIVATE_INVITE, again["accessToken"], code=code)
    assert (refused["__typename"], refused["activatedCode"]) == ("InviteAlreadyActivated", None)
