import pytest

from referral.models import Referral
from schema.tests.api_client import ACTIVATE_INVITE, ME

pytestmark = pytest.mark.django_db


@pytest.fixture
def inviter(api):
    return api.sign_in()


@pytest.fixture
def viewer(api):
    return api.sign_in()


def test_inviter_and_invitee_see_the_activation(api, inviter, viewer):
    activated = api.run(ACTIVATE_INVITE, viewer["accessToken"], code=inviter["user"]["inviteCode"])
    assert activated["__typename"] == "InviteActivated"
    me = api.run(ME, viewer["accessToken"])
    assert me == activated["user"] == viewer["user"] | {"activatedCode": inviter["user"]["inviteCode"]}
    me = api.run(ME, inviter["accessToken"])
    assert (me["invitedPhones"], me["invitedCount"]) == ([viewer["user"]["phone"]], 1)


@pytest.mark.parametrize(
    "spell",
    [
        str.lower,
        lambda code: f" {code[:3]} {code[3:]} ",
        "-".join,
        lambda code: f"Вступай: https://example.com/i/{code}/?from=chat.",
    ],
)
def test_a_code_is_read_in_any_usual_spelling_and_in_a_link(api, inviter, viewer, spell):
    code = spell(inviter["user"]["inviteCode"])
    assert api.run(ACTIVATE_INVITE, viewer["accessToken"], code=code)["__typename"] == "InviteActivated"


def test_repeating_a_code_succeeds_and_another_code_is_refused(api, inviter, viewer):
    for _ in range(2):
        answer = api.run(ACTIVATE_INVITE, viewer["accessToken"], code=inviter["user"]["inviteCode"])
        assert answer["__typename"] == "InviteActivated"
    other = api.sign_in()["user"]["inviteCode"]
    problem = api.run(ACTIVATE_INVITE, viewer["accessToken"], code=other)
    assert (problem["__typename"], problem["code"]) == ("InviteAlreadyActivated", "INVITE_ALREADY_ACTIVATED")
    assert problem["activatedCode"] == inviter["user"]["inviteCode"]
    assert Referral.objects.count() == 1


def test_an_own_a_circular_and_an_unknown_code_are_refused(api, inviter, viewer):
    own = api.run(ACTIVATE_INVITE, viewer["accessToken"], code=viewer["user"]["inviteCode"])
    assert (own["__typename"], own["code"]) == ("OwnInvite", "OWN_INVITE")
    api.run(ACTIVATE_INVITE, viewer["accessToken"], code=inviter["user"]["inviteCode"])
    loop = api.run(ACTIVATE_INVITE, inviter["accessToken"], code=viewer["user"]["inviteCode"])
    assert (loop["__typename"], loop["code"]) == ("CircularInvite", "CIRCULAR_INVITE")
    for text in ("", "222222", "\x00", "😀", "2" * 10_000):
        problem = api.run(ACTIVATE_INVITE, inviter["accessToken"], code=text)
        assert (problem["__typename"], problem["code"]) == ("InviteNotFound", "INVITE_NOT_FOUND")


def test_me_with_invited_phones_takes_two_queries(api, inviter, viewer, django_assert_num_queries):
    api.run(ACTIVATE_INVITE, viewer["accessToken"], code=inviter["user"]["inviteCode"])
    with django_assert_num_queries(2):
        api.run(ME, inviter["accessToken"])
    with django_assert_num_queries(1):
        api.run("{ me { phone inviteCode activatedCode invitedCount } }", viewer["accessToken"])


def test_the_length_of_invited_phones_can_be_chosen(api, inviter):
    phones = [api.sign_in(invite_code=inviter["user"]["inviteCode"])["user"]["phone"] for _ in range(3)]
    query = "query ($first: Int!) { me { invitedPhones(first: $first) } }"
    for first in (1, 2, 100):
        newest_first = phones[::-1][:first]
        assert api.run(query, inviter["accessToken"], first=first) == {"invitedPhones": newest_first}
    for first in (-1, 0, 101, 2**31 - 1):
        assert api.error_code(query, inviter["accessToken"], first=first) == "BAD_USER_INPUT"
