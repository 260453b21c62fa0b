import pytest

from referral.models import Session
from referral.tests.factories import new_number
from schema.tests.api_client import ME, REFRESH_SESSION, SESSIONS

pytestmark = pytest.mark.django_db

SIGN_OUT = "mutation ($everywhere: Boolean! = false) { signOut(everywhere: $everywhere) { count } }"
END_SESSION = "mutation ($id: ID!) { endSession(id: $id) { count } }"


def signed_in_twice(api):
    """One user's two sessions, the older first."""
    phone = new_number()
    first = api.sign_in(phone)
    api.age_sends()
    return first, api.sign_in(phone)


def test_sessions_are_listed_newest_first(api):
    first, _ = signed_in_twice(api)
    api.sign_in()
    newest, oldest = api.run(SESSIONS, first["accessToken"])
    assert (newest["current"], oldest["current"]) == (False, True)
    assert newest["createdAt"] > oldest["createdAt"] == oldest["lastUsedAt"]
    assert newest["ipAddress"] == "127.0.0.1"
    assert newest["id"] != oldest["id"]


def test_signing_out_ends_this_session_at_once_and_no_other(api):
    first, second = signed_in_twice(api)
    assert api.run(SIGN_OUT, first["accessToken"]) == {"count": 1}
    assert api.error_code(ME, first["accessToken"]) == "UNAUTHENTICATED"
    assert api.error_code(SIGN_OUT, first["accessToken"]) == "UNAUTHENTICATED"
    problem = api.run(REFRESH_SESSION, refreshToken=first["refreshToken"])
    assert (problem["__typename"], problem["code"]) == ("InvalidRefreshToken", "INVALID_REFRESH_TOKEN")
    assert api.run(ME, second["accessToken"])["phone"] == second["user"]["phone"]


def test_signing_out_everywhere_ends_all_sessions_of_the_user_only(api):
    first, second = signed_in_twice(api)
    other = api.sign_in()
    assert api.run(SIGN_OUT, first["accessToken"], everywhere=True) == {"count": 2}
    assert api.error_code(ME, second["accessToken"]) == "UNAUTHENTICATED"
    assert api.run(ME, other["accessToken"])


def test_a_session_can_be_ended_by_its_id(api):
    first, second = signed_in_twice(api)
    newest, _ = api.run(SESSIONS, first["accessToken"])
    assert api.run(END_SESSION, first["accessToken"], id=newest["id"]) == {"count": 1}
    assert api.run(END_SESSION, first["accessToken"], id=newest["id"]) == {"count": 0}
    assert api.error_code(ME, second["accessToken"]) == "UNAUTHENTICATED"
    assert len(api.run(SESSIONS, first["accessToken"])) == 1


def test_a_foreign_or_invalid_id_ends_no_session(api):
    viewer, other = api.sign_in(), api.sign_in()
    (others,) = api.run(SESSIONS, other["accessToken"])
    for id_ in (others["id"], viewer["user"]["id"], "", "x", "U2Vzc2lvbjp4", "\x00", "😀"):
        assert api.run(END_SESSION, viewer["accessToken"], id=id_) == {"count": 0}
    assert Session.objects.filter(ended_at=None).count() == 2


def test_after_sign_out_the_rest_of_the_document_is_unauthenticated(api):
    viewer = api.sign_in()
    answer = api.post("mutation { signOut { count } again: signOut { count } }", viewer["accessToken"])
    assert answer["data"] is None
    assert [error["path"] for error in answer["errors"]] == [["again"]]


def test_after_end_session_the_rest_of_the_document_is_unauthenticated(api):
    viewer = api.sign_in()
    (own,) = api.run(SESSIONS, viewer["accessToken"])
    query = "mutation ($id: ID!) { endSession(id: $id) { count } again: endSession(id: $id) { count } }"
    answer = api.post(query, viewer["accessToken"], id=own["id"])
    assert [error["path"] for error in answer["errors"]] == [["again"]]


def test_a_request_authenticates_once(api, django_assert_num_queries):
    viewer = api.sign_in()
    with django_assert_num_queries(2):
        api.run("{ sessions { id current } }", viewer["accessToken"])


def test_refreshed_tokens_work(api):
    viewer = api.sign_in()
    refreshed = api.run(REFRESH_SESSION, refreshToken=viewer["refreshToken"])
    assert refreshed["__typename"] == "SessionRefreshed"
    assert refreshed["refreshToken"] != viewer["refreshToken"]
    again = api.run(REFRESH_SESSION, refreshToken=viewer["refreshToken"])
    assert again["refreshToken"] == refreshed["refreshToken"]
    for token in (viewer["accessToken"], refreshed["accessToken"], again["accessToken"]):
        assert api.run(ME, token) == viewer["user"]
    onward = api.run(REFRESH_SESSION, refreshToken=refreshed["refreshToken"])
    assert onward["__typename"] == "SessionRefreshed"


@pytest.mark.parametrize("token", ["", "x", "a:1:b", "\x00", "é", "1" * 10_000])
def test_an_invalid_refresh_token_is_refused(api, token):
    assert api.run(REFRESH_SESSION, refreshToken=token)["__typename"] == "InvalidRefreshToken"
