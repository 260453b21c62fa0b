"""Pages of invitees, as a Relay client requests them."""

import base64
from datetime import timedelta
from itertools import pairwise

import pytest

from referral import accounts, invites
from referral.models import Referral, User
from referral.tests.factories import NOON, new_user
from schema import ids

pytestmark = pytest.mark.django_db
PAGE = """query ($first: Int, $after: String, $last: Int, $before: String) { me {
    invitees(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id phone invitedAt } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
} }"""


@pytest.fixture
def inviter(api):
    """A user with 25 invitees, three at each instant."""
    signed_in = api.sign_in()
    for number in range(25):
        came = NOON + timedelta(minutes=number // 3)
        invites.activate(user=new_user(), code=signed_in["user"]["inviteCode"], now=came)
    return signed_in


@pytest.fixture
def all_phones():
    return list(Referral.objects.order_by("-created_at", "-invitee").values_list("invitee__phone", flat=True))


@pytest.fixture
def page(api, inviter):
    def page(**arguments):
        return api.run(PAGE, inviter["accessToken"], **arguments)["invitees"]

    return page


def phones(page):
    return [edge["node"]["phone"] for edge in page["edges"]]


def ends(page):
    return page["pageInfo"]["hasPreviousPage"], page["pageInfo"]["hasNextPage"]


def test_the_default_page_is_the_twenty_newest(page, all_phones):
    for arguments in ({}, {"first": None, "last": None, "after": None, "before": None}):
        found = page(**arguments)
        assert (phones(found), ends(found)) == (all_phones[:20], (False, True))
        assert found["pageInfo"]["startCursor"] == found["edges"][0]["cursor"]
        assert found["pageInfo"]["endCursor"] == found["edges"][-1]["cursor"]
    node = found["edges"][0]["node"]
    newest = User.objects.get(phone=node["phone"])
    assert node["id"] == ids.encode("Invitee", newest.id)
    assert node["invitedAt"] == "2026-03-01T12:08:00+00:00"


@pytest.mark.parametrize("size", [1, 2, 4, 24, 25, 100])
def test_paging_forwards_lists_each_invitee_once_and_in_order(page, all_phones, size):
    cursor = None
    seen: list[str] = []
    turns: list[tuple[bool, bool]] = []
    while not turns or turns[-1][1]:
        found = page(first=size, after=cursor)
        seen += phones(found)
        turns.append(ends(found))
        cursor = found["pageInfo"]["endCursor"]
    assert seen == all_phones
    assert [before for before, _ in turns] == [False] + [True] * (len(turns) - 1)


@pytest.mark.parametrize("size", [1, 2, 4, 24, 25, 100])
def test_paging_backwards_lists_each_invitee_once_and_in_order(page, all_phones, size):
    cursor = None
    seen: list[str] = []
    turns: list[tuple[bool, bool]] = []
    while not turns or turns[-1][0]:
        found = page(last=size, before=cursor)
        seen = phones(found) + seen
        turns.append(ends(found))
        cursor = found["pageInfo"]["startCursor"]
    assert seen == all_phones
    assert [after for _, after in turns] == [False] + [True] * (len(turns) - 1)


def test_a_page_between_two_cursors(page, all_phones):
    cursors = [edge["cursor"] for edge in page(first=25)["edges"]]
    found = page(after=cursors[3], before=cursors[9])
    assert (phones(found), ends(found)) == (all_phones[4:9], (True, True))
    assert phones(page(after=cursors[3], before=cursors[9], last=2)) == all_phones[7:9]
    assert phones(page(after=cursors[9], before=cursors[3])) == []


def test_new_invitees_do_not_shift_the_next_page(api, page, inviter, all_phones):
    cursor = page(first=10)["pageInfo"]["endCursor"]
    code = inviter["user"]["inviteCode"]
    invites.activate(user=new_user(), code=code, now=NOON + timedelta(hours=1))
    assert phones(page(first=10, after=cursor)) == all_phones[10:20]


def test_a_cursor_stays_valid_after_its_invitee_is_voided_or_erased(page, all_phones):
    cursor = page(first=3)["pageInfo"]["endCursor"]
    voided, erased = (User.objects.get(phone=all_phones[place]) for place in (2, 3))
    invites.void(invitee_id=voided.id, reason="bought", staff=voided, now=NOON)
    accounts.erase(erased.id)
    assert phones(page(first=3, after=cursor)) == [None, *all_phones[4:6]]


def test_a_user_without_invitees(api):
    me = api.run(PAGE, api.sign_in()["accessToken"])
    empty = {"startCursor": None, "endCursor": None, "hasNextPage": False, "hasPreviousPage": False}
    assert me["invitees"] == {"edges": [], "pageInfo": empty}


def test_a_page_takes_two_queries(api, inviter, django_assert_num_queries):
    with django_assert_num_queries(2):
        api.run(PAGE, inviter["accessToken"], first=10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": 0},
        {"first": -1},
        {"first": 101},
        {"last": 0},
        {"last": 101},
        {"first": 2, "last": 2},
        {"after": ""},
        {"after": "😀"},
        {"before": "\x00"},
        {"after": base64.b64encode(b"orderedcursor:[]").decode()},
    ],
)
def test_invalid_arguments_are_bad_user_input(api, inviter, wrong):
    assert api.error_code(PAGE, inviter["accessToken"], **wrong) == "BAD_USER_INPUT"


def test_a_foreign_or_tampered_cursor_is_refused(api, inviter, page):
    cursor = page(first=1)["pageInfo"]["endCursor"]
    stranger = api.sign_in()["accessToken"]
    assert api.error_code(PAGE, stranger, after=cursor) == "BAD_USER_INPUT"
    for place, letter in enumerate(cursor):
        tampered = cursor[:place] + ("A" if letter != "A" else "B") + cursor[place + 1 :]
        assert api.error_code(PAGE, inviter["accessToken"], after=tampered) == "BAD_USER_INPUT", place
    for tampered in (cursor[:-1], cursor[1:], f"{cursor}A", cursor.lower(), f" {cursor}"):
        assert api.error_code(PAGE, inviter["accessToken"], after=tampered) == "BAD_USER_INPUT"


def test_invitees_are_ordered_by_instant_and_then_by_id(all_phones, inviter):
    referrals = Referral.objects.order_by("-created_at", "-invitee")
    assert all(
        (newer.created_at, newer.invitee_id) > (older.created_at, older.invitee_id)
        for newer, older in pairwise(referrals)
    )
