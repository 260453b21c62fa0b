"""Profiles of other users, and account deletion."""

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


def test_the_profile_of_an_invitee(api):
    viewer, other = api.sign_in(), new_user()
    invites.activate(user=other, code=viewer["user"]["inviteCode"], now=NOON)
    assert api.run(USER, viewer["accessToken"], phone=other.phone) == {
        "id": ids.encode("Profile", other.id),
        "phone": other.phone,
        "inviteCode": other.invite_code,
        "invitedCount": 0,
        "createdAt": "2026-03-01T12:00:00+00:00",
    }


def test_the_profile_of_a_stranger_an_unknown_or_an_invalid_number_is_null(api):
    viewer = api.sign_in()["accessToken"]
    for phone in (new_user().phone, new_number(), "", "unknown", "\x00", "9" * 10_000):
        assert api.run(USER, viewer, phone=phone) is None


def test_a_profile_requires_authentication(api):
    assert api.error_code(USER, phone=new_number()) == "UNAUTHENTICATED"


def test_deleting_an_account_ends_its_sessions_at_once(api):
    viewer = api.sign_in()
    token, phone = viewer["accessToken"], viewer["user"]["phone"]
    assert api.run(DELETE_ACCOUNT, token, phone=phone)["__typename"] == "AccountDeleted"
    for query in (ME, SESSIONS):
        assert api.error_code(query, token) == "UNAUTHENTICATED"
    refreshed = api.run(REFRESH_SESSION, refreshToken=viewer["refreshToken"])
    assert refreshed["__typename"] == "InvalidRefreshToken"
    assert not User.objects.filter(phone=phone).exists()


def test_deletion_requires_the_viewers_own_number(api):
    viewer = api.sign_in()
    for phone in ("", "yes", new_number()):
        refused = api.run(DELETE_ACCOUNT, viewer["accessToken"], phone=phone)
        assert (refused["__typename"], refused["code"]) == ("PhoneMismatch", "PHONE_MISMATCH")
    assert api.run(ME, viewer["accessToken"])["phone"] == viewer["user"]["phone"]
    assert api.error_code(DELETE_ACCOUNT, phone=viewer["user"]["phone"]) == "UNAUTHENTICATED"


def test_a_returning_number_is_a_new_user_that_cannot_activate_an_invite(api):
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


def test_a_deleted_account_is_signed_out_for_the_rest_of_the_document(api):
    viewer = api.sign_in()
    query = "mutation ($phone: String!) { deleteAccount(phone: $phone) { __typename } signOut { count } }"
    answer = api.post(query, viewer["accessToken"], phone=viewer["user"]["phone"])
    (error,) = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["signOut"], "UNAUTHENTICATED")
