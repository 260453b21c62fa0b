"""The limits of an answer's size."""

from datetime import UTC, datetime

import pytest

from referral import sessions
from referral.client import Client
from referral.models import Referral, User
from referral.tests.factories import NOON, new_user
from schema.limits import answers, sizes

pytestmark = pytest.mark.django_db

EMOJI = "\N{GRINNING FACE}"


def codes(api, document, **variables):
    errors = api.post(document, **variables).get("errors", [])
    return {error["extensions"]["code"] for error in errors} & {
        "QUERY_TOO_COMPLEX",
        "GRAPHQL_VALIDATION_FAILED",
    }


def is_refused(api, document, **variables):
    return codes(api, document, **variables) == {"QUERY_TOO_COMPLEX"}


def test_an_answer_is_no_larger_than_its_bound(api, monkeypatch):
    """The bound of a real answer with long lists and values, and the answer itself."""
    inviter = api.sign_in()
    me = User.objects.get(phone=inviter["user"]["phone"])
    for _ in range(5):
        Referral.objects.create(inviter=me, invitee=new_user(), code=me.invite_code, created_at=NOON)
        sessions.start(
            user=me, client=Client(user_agent=EMOJI * 256, address="2001:db8::1"), now=datetime.now(UTC)
        )
    found: list[answers.Size] = []
    monkeypatch.setattr(answers, "_require", found.append)
    monkeypatch.setitem(sizes.LISTS, "sessions", 6)
    document = (
        "{ me { id phone inviteCode inviteLink activatedCode invitedCount createdAt invitedPhones(first: 5) "
        "long: invitees(first: 5) { ...Page } } "
        "sessions { __typename id createdAt lastUsedAt userAgent ipAddress current } } "
        "fragment Page on InviteeConnection { edges { cursor node { id phone invitedAt } } "
        "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
    )
    answer = api.client.post(
        "/graphql",
        {"query": document},
        content_type="application/json",
        headers={"Authorization": f"Bearer {inviter['accessToken']}"},
    )
    (size,) = found
    assert "errors" not in answer.json()
    assert (size.values, size.objects) == (7 + 5 + 5 * 4 + 4 + 6 * 7, 1 + 1 + 5 * 2 + 1 + 6)
    assert len(answer.content) <= size.bytes + len('{"data":{}}') <= 1.5 * len(answer.content)


def page(first, fields="id phone"):
    return f"invitees{first} {{ edges {{ node {{ {fields} }} }} }}"


@pytest.mark.parametrize(
    ("counts", "fields", "others"),
    [
        ("", 2 * 20, 2),
        ("(first: 7)", 2 * 7, 2),
        ("(last: 7)", 2 * 7, 2),
        ("(first: 7, last: null)", 2 * 7, 2),
        ("(first: $count)", 2 * 100, 2),
        ("(first: 5000)", 2 * 100, 2),
        (f"(first: {'9' * 5000})", 2 * 100, 2),
        ("(first: -5)", 2, 2),
        ("(first: null)", 2 * 20, 2),
    ],
)
def test_a_list_is_as_long_as_its_arguments_say(api, monkeypatch, counts, fields, others):
    found: list[answers.Size] = []
    monkeypatch.setattr(answers, "_require", found.append)
    for document in (
        f"query ($count: Int) {{ me {{ {page(counts)} }} }}",
        (
            "query ($count: Int) { me { ...F } } "
            f"fragment F on User {{ invitees{counts} {{ ... {{ ...G }} }} }} "
            "fragment G on InviteeConnection { edges { node { id phone } } }"
        ),
    ):
        api.post(document)
    assert [size.values for size in found] == [fields] * 2


VALUES = "createdAt lastUsedAt current"


@pytest.mark.parametrize(
    ("at_the_limit", "above"),
    [
        # values: 10 lists of 100 sessions with 3 fields, and one field more
        ([f"a{n}: sessions {{ {VALUES} }}" for n in range(10)], "__typename"),
        # objects: 15 lists of 100 sessions, and one object more
        ([f"a{n}: sessions {{ current }}" for n in range(15)], 'user(phone: "") { id }'),
        # bytes: three lists of user agents of 3,074 bytes, and a fourth
        (
            [f"a{n}: sessions {{ userAgent }}" for n in range(3)],
            "sessions { userAgent }",
        ),
    ],
)
def test_a_document_at_the_limit_passes_and_one_above_is_refused(api, at_the_limit, above):
    assert codes(api, f"{{ {' '.join(at_the_limit)} }}") == set()
    assert is_refused(api, f"{{ {' '.join(at_the_limit)} {above} }}")
    fragment = f"fragment F on Query {{ {' '.join(at_the_limit)} }}"
    assert codes(api, f"{{ ...F }} {fragment}") == set()
    assert is_refused(api, f"{{ ...F ... {{ {above} }} }} {fragment}")


def test_the_seen_attacks_are_refused(api):
    eight = "FIELD " + " ".join(f"a{n}: FIELD" for n in range(7))
    fragment = f"fragment F on __Schema {{ types {{ {'x' * 98_500}: name }} }}"
    assert is_refused(api, f"{{ {eight} }} {fragment}".replace("FIELD", "__schema { ...F }"))
    every = "id createdAt lastUsedAt userAgent ipAddress current"
    assert is_refused(api, f"{{ {eight} }}".replace("FIELD", f"sessions {{ {every} }}"))


def test_operations_of_a_document_are_measured_each(api):
    lists = " ".join(f"a{n}: sessions {{ {VALUES} }}" for n in range(6))
    document = f"query A {{ {lists} }} query B {{ {lists} }}"
    body = {"query": document, "operationName": "B"}
    (error,) = {
        each["extensions"]["code"]
        for each in api.client.post("/graphql", body, "application/json").json()["errors"]
    }
    assert error == "UNAUTHENTICATED"


def test_nested_fragments_are_measured_once(api, monkeypatch):
    measure, measured = answers.AnswerLimits._measure, []

    def record(self, *arguments):
        measured.append(arguments)
        return measure(self, *arguments)

    monkeypatch.setattr(answers.AnswerLimits, "_measure", record)
    chain = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(40))
    api.post(f"{{ ...F0 }} {chain} fragment F40 on Query {{ ...F40 }}")
    assert len(measured) == 42
